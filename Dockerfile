# PostgreSQL with dynasty: docker build -t dynasty .   (PG_MAJOR and DEBIAN belong together: 15 bookworm, 17 trixie, 18 trixie)
# Not built where this repo is developed, which has no registry of images; checked by hadolint (make test-packages).
ARG DEBIAN=trixie
ARG PG_MAJOR=17
ARG BASE=postgres:${PG_MAJOR}-${DEBIAN}

# hadolint ignore=DL3006
FROM ${BASE} AS server

# The server's own headers, of the same packages as the image's server: built in the image that it will run in.
FROM server AS build
ARG PG_MAJOR
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gcc libc6-dev make pkg-config clang libclang-dev "postgresql-server-dev-${PG_MAJOR}"
RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y --profile minimal --default-toolchain 1.95.0
COPY . /src
WORKDIR /src
RUN PATH="$HOME/.cargo/bin:$PATH" PG_MAJOR="${PG_MAJOR}" pgrx-config/build.sh && PG_MAJOR="${PG_MAJOR}" pgrx-config/install.sh /installed

FROM server
ARG PG_MAJOR
COPY --from=build /installed/ /
# A new cluster has the extension in its database (POSTGRES_DB). The superuser of the image makes it.
RUN printf 'CREATE EXTENSION IF NOT EXISTS dynasty CASCADE;\n' >/docker-entrypoint-initdb.d/10-dynasty.sql
