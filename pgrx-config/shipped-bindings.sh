#!/bin/sh
# A RUSTC_WRAPPER: lets pgrx-pg-sys take the bindings it ships for docs.rs instead of making them from a server's headers.
# Good for type checks alone. Set DOCS_RS=1 beside it.
rustc=$1
shift
case " $* " in
*" --crate-name pgrx_pg_sys "*) exec "$rustc" "$@" --cfg docsrs --cap-lints allow ;;
esac
exec "$rustc" "$@"
