"""The psql sessions of a page: blocks that begin with the prompt `=# `. Plays each in a psql of its own and prints what should stand
in the page when that differs; exit 1 then. Usage: session.py FILE, with PG* naming a server and an empty database."""
import difflib
import re
import subprocess
import sys

MARK = "#-- the next statement --#"


def play(session):
    """The session as psql shows it: each statement behind its prompts, then what psql says to it."""
    statements = re.findall(r"^=# .*(?:\n-# .*)*", session, re.M)
    script = "".join(f"{re.sub(r'^[=-]# ', '', s, flags=re.M)}\n\\echo '{MARK}'\n" for s in statements)
    shown = subprocess.run(["psql", "-X"], input=script, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout
    return "".join(f"{s}\n{said}" for s, said in zip(statements, shown.split(MARK + "\n")))


def main():
    page = open(sys.argv[1]).read()
    wrong = 0
    for session in re.findall(r"^```\n(=# .*?)^```$", page, re.M | re.S):
        lines = difflib.unified_diff(session.splitlines(), play(session).splitlines(), "the page", "psql", lineterm="")
        for line in lines:
            print(line)
            wrong = 1
    sys.exit(wrong)


if __name__ == "__main__":
    main()
