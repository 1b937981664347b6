"""The copyright file of a Debian package (DEP-5): the extension, and every crate that is linked into its library with its texts.

licences.py METADATA LICENCE: the output of `cargo metadata` for the features and platform in question, and our own licence.
A crate without any text of its licence is an error.
"""
import json
import pathlib
import re
import sys

# Crates that bring no text of their own, but a licence whose text does not depend on who wrote it or stands in their manifest.
COMMON = {"MIT", "Apache-2.0", "MIT OR Apache-2.0"}


def linked(metadata):
    """Packages that the root reaches by normal dependencies. Build scripts and macros run while it is built and stay outside."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    seen, wanted = set(), [metadata["resolve"]["root"]]
    while wanted:
        at = wanted.pop()
        if at in seen:
            continue
        seen.add(at)
        if any("proc-macro" in target["kind"] for target in packages[at]["targets"]):
            continue
        for dep in nodes[at]["deps"]:
            if any(kind["kind"] is None for kind in dep["dep_kinds"]):
                wanted.append(dep["pkg"])
    macros = {at for at in seen for target in packages[at]["targets"] if "proc-macro" in target["kind"]}
    return sorted((packages[at] for at in seen - macros if packages[at]["source"]), key=lambda p: (p["name"], p["version"]))


def texts(package):
    """The licence files of a crate, in the order of their names."""
    folder = pathlib.Path(package["manifest_path"]).parent
    found = [p for p in sorted(folder.iterdir()) if p.is_file() and re.match(r"(?i)(un)?licen[cs]e|copying|copyright|notice", p.name)]
    return [common(p.read_text(encoding="utf-8", errors="replace")) for p in found]


def common(text):
    """A text that every Debian has is named instead of repeated (Debian's policy, 12.5)."""
    if "Apache License" in text and "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION" in text:
        return "The Apache License, Version 2.0: /usr/share/common-licenses/Apache-2.0"
    return text


def indented(text):
    """A field's continuation lines."""
    return "\n".join(" " + (line.rstrip() or ".") for line in text.strip().expandtabs().splitlines())


def main():
    metadata = json.loads(pathlib.Path(sys.argv[1]).read_text())
    ours = pathlib.Path(sys.argv[2]).read_text()
    print("Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/")
    print("Upstream-Name: dynasty\n")
    copyright_ours = re.search(r"(?im)^copyright.*$", ours)
    print("Files: *")
    print("Copyright:", copyright_ours.group(0).partition(" ")[2] if copyright_ours else "the dynasty developers")
    print("License: PostgreSQL")
    print(indented(ours) + "\n")
    names, bodies = {}, []
    for package in linked(metadata):
        expression = (package["license"] or "").replace("/", " OR ").replace("  ", " ")
        own = texts(package)
        if not own and expression not in COMMON:
            sys.exit(f"{package['name']} {package['version']}: no text of its licence ({expression})")
        holders = []
        for text in own:
            for line in re.findall(r"(?im)^ *(?:copyright|©) *(?:\(c\)|©)? *(.*[0-9A-Za-z].*)$", text):
                line = line.strip()
                # Not the words of the Apache licence about copyright.
                if re.match(r"(?i)\d{4}|[A-Z][\w.]+ .*\d{4}|the .*(project|developers|authors|contributors)", line) and line not in holders:
                    holders.append(line)
        if not holders:
            holders = [author.partition("<")[0].strip() for author in package["authors"]] or [f"the authors of {package['name']}"]
        print(f"Files: crates/{package['name']}-{package['version']}/*")
        print("Copyright: " + "\n           ".join(holders[:20]))
        body = "\n\n".join(own) if own else f"{expression}, as published at {package['repository'] or 'crates.io'}"
        key = " ".join(body.split())
        if key not in names:
            names[key] = f"crates-{len(names) + 1}"
            bodies.append((names[key], expression, body))
        print(f"License: {names[key]}")
        print(f"Comment: {expression}\n")
    for name, expression, body in bodies:
        print(f"License: {name}")
        print(f" ({expression})\n .")
        print(indented(body) + "\n")


main()
