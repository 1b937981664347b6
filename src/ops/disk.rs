//! `disk_usage`: how full the file systems of the server's data are, as `df` counts.

use crate::pg::call::{Call, raw_function};
use crate::pg::errors::error;
use crate::pg::server::{data_directory, is_monitor};
use pgrx::PgSqlErrorCode::{ERRCODE_INSUFFICIENT_PRIVILEGE, ERRCODE_IO_ERROR};
use pgrx::prelude::*;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

raw_function!(disk_usage, pg_finfo_disk_usage, disk_usage_call);

/// The data directory.
const DATA: i64 = 0;
/// `pg_wal`, which may be a link to another disk.
const WAL: i64 = 1;

/// `_disk_usage()`: one row per place: 0 = data directory, 1 = pg_wal, else the oid of a tablespace; the device it is on, its bytes, those
/// that an ordinary user may still write, those in use. 42501 for who is no member of pg_monitor; 58030 where a disk does not answer.
fn disk_usage_call(call: Call) -> pg_sys::Datum {
    let mut rows = call.rows();
    if !is_monitor() {
        error(
            ERRCODE_INSUFFICIENT_PRIVILEGE,
            "disk_usage: permission denied: only members of pg_monitor see disks",
        )
        .raise();
    }
    let data = data_directory();
    let mut places = vec![(DATA, data.to_path_buf()), (WAL, data.join("pg_wal"))];
    if let Ok(links) = std::fs::read_dir(data.join("pg_tblspc")) {
        for link in links.flatten() {
            let oid = link.file_name().to_str().and_then(|name| name.parse().ok());
            places.extend(oid.map(|oid| (oid, link.path())));
        }
    }
    for (place, path) in &places {
        let row = measured(*place, path);
        rows.put(&mut row.map(pg_sys::Datum::from), &mut [false; 5]);
    }
    call.null()
}

fn measured(place: i64, path: &Path) -> [i64; 5] {
    let answer = std::fs::metadata(path).and_then(|found| Ok((found.dev(), rustix::fs::statvfs(path)?)));
    let (device, disk) = answer.unwrap_or_else(|e| {
        let message = format!("disk_usage: a file system does not answer: {e}");
        error(ERRCODE_IO_ERROR, message).raise()
    });
    let bytes = |blocks: u64| i64::try_from(u128::from(blocks) * u128::from(disk.f_frsize)).unwrap_or(i64::MAX);
    // Free for the superuser is not free for the server: what is in use is counted without that reserve, and so is what it is a part of.
    let used = disk.f_blocks.saturating_sub(disk.f_bfree);
    [
        place,
        device.cast_signed(),
        bytes(disk.f_blocks),
        bytes(disk.f_bavail),
        bytes(used),
    ]
}
