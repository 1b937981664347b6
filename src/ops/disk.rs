//! `disk_usage`: how full the file systems of the server's data are, as `df` counts.

use crate::pg::errors::error;
use crate::pg::server::{data_directory, is_monitor};
use pgrx::PgSqlErrorCode::{ERRCODE_INSUFFICIENT_PRIVILEGE, ERRCODE_IO_ERROR};
use pgrx::prelude::*;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The data directory.
const DATA: i64 = 0;
/// `pg_wal`, which may be a link to another disk.
const WAL: i64 = 1;

/// One row per place: 0 = data directory, 1 = pg_wal, else the oid of a tablespace; the device it is on, its bytes, those that an ordinary
/// user may still write, and the part in use, in percent. 42501 for who is no member of pg_monitor; 58030 where a disk does not answer.
#[pg_extern(sql = false)]
fn disk_usage() -> TableIterator<
    'static,
    (
        name!(place, i64),
        name!(device, i64),
        name!(total_bytes, i64),
        name!(free_bytes, i64),
        name!(used_pct, Option<AnyNumeric>),
    ),
> {
    if !is_monitor() {
        error(
            ERRCODE_INSUFFICIENT_PRIVILEGE,
            "disk_usage: permission denied: only members of pg_monitor see disks",
        )
        .raise();
    }
    let data = data_directory();
    let mut places = vec![(DATA, data.to_path_buf()), (WAL, data.join("pg_wal"))];
    for entry in std::fs::read_dir(data.join("pg_tblspc"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let oid = entry.file_name().to_str().and_then(|name| name.parse().ok());
        if let Some(oid) = oid {
            places.push((oid, entry.path()));
        }
    }
    let rows: Vec<_> = places.iter().map(|(place, path)| measured(*place, path)).collect();
    TableIterator::new(rows)
}

fn measured(place: i64, path: &Path) -> (i64, i64, i64, i64, Option<AnyNumeric>) {
    let answer = std::fs::metadata(path).and_then(|found| Ok((found.dev(), rustix::fs::statvfs(path)?)));
    let (device, disk) = answer.unwrap_or_else(|e| {
        error(
            ERRCODE_IO_ERROR,
            format!("disk_usage: a file system does not answer: {e}"),
        )
        .raise()
    });
    // Free for the superuser is not free for the server: used is without the reserve, and so is what it is a part of.
    let used = disk.f_blocks.saturating_sub(disk.f_bfree);
    let whole = used.saturating_add(disk.f_bavail);
    let used_pct = (whole > 0).then(|| {
        let hundredths = (u128::from(used) * 10_000 + u128::from(whole) / 2) / u128::from(whole);
        AnyNumeric::from(u64::try_from(hundredths).unwrap_or(u64::MAX)) / AnyNumeric::from(100)
    });
    let bytes = |blocks: u64| i64::try_from(u128::from(blocks) * u128::from(disk.f_frsize)).unwrap_or(i64::MAX);
    (
        place,
        device.cast_signed(),
        bytes(disk.f_blocks),
        bytes(disk.f_bavail),
        used_pct,
    )
}
