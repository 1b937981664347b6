//! Game logs in little memory: the rows of all prospects are kept at once while a whole table is turned into features.
//!
//! Numbers of a game are small, and a row is a batter's or a pitcher's: about 33 bytes instead of 170.

use super::game::{ARMS, BATS, GameLog};

/// Rows of one prospect, in the order they came.
#[derive(Clone, Debug, Default)]
pub struct PackedLogs {
    bytes: Vec<u8>,
    rows: u32,
    /// Whether they came in the game order.
    unsorted: bool,
    last: (i32, i32, i64),
}

const BAT: u8 = 1;
const ARM: u8 = 2;
/// Some number needs more than its usual room; all of them take their whole size then.
const WIDE: u8 = 4;
const HOME_KNOWN: u8 = 8;
const AT_HOME: u8 = 16;
const LEVEL_SHIFT: u32 = 5;

const BAT_MASK: u32 = (1 << BATS) - 1;

impl PackedLogs {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.rows as usize
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Bytes held.
    pub fn size(&self) -> usize {
        self.bytes.capacity()
    }

    /// Adds a row.
    pub fn push(&mut self, game: &GameLog) {
        let order = game.order();
        self.unsorted |= self.rows > 0 && order < self.last;
        self.last = order;
        self.rows += 1;
        let mut flags = game.level << LEVEL_SHIFT;
        if game.known & BAT_MASK != 0 {
            flags |= BAT;
        }
        if game.known & !BAT_MASK != 0 {
            flags |= ARM;
        }
        let is_narrow = game.counts.iter().all(|c| (0..256).contains(c))
            && (0..1 << 40).contains(&game.id)
            && (0..256).contains(&game.game_number)
            && i16::try_from(game.season).is_ok();
        if !is_narrow {
            flags |= WIDE;
        }
        flags |= match game.home {
            None => 0,
            Some(false) => HOME_KNOWN,
            Some(true) => HOME_KNOWN | AT_HOME,
        };
        // Vectors double; a quarter more keeps the sum of all of them small.
        if self.bytes.capacity() - self.bytes.len() < 256 {
            self.bytes.reserve_exact((self.bytes.len() / 4).max(512));
        }
        self.bytes.push(flags);
        let [id, season, number] = if is_narrow { [5, 2, 1] } else { [8, 4, 4] };
        self.bytes.extend_from_slice(&game.id.to_le_bytes()[..id]);
        self.bytes.extend_from_slice(&game.season.to_le_bytes()[..season]);
        self.bytes.extend_from_slice(&game.game_number.to_le_bytes()[..number]);
        self.bytes.extend_from_slice(&game.date.to_le_bytes());
        self.bytes.extend_from_slice(&game.known.to_le_bytes());
        let mut put = |counts: &[i32]| {
            if flags & WIDE == 0 {
                self.bytes.extend(counts.iter().map(|c| *c as u8));
            } else {
                counts
                    .iter()
                    .for_each(|c| self.bytes.extend_from_slice(&c.to_le_bytes()));
            }
        };
        if flags & BAT != 0 {
            put(game.bat());
        }
        if flags & ARM != 0 {
            put(game.arm());
        }
    }

    /// Adds the rows of another.
    pub fn append(&mut self, other: &PackedLogs) {
        if other.is_empty() {
            return;
        }
        let first = Reader(&other.bytes).game().order();
        self.unsorted |= other.unsorted || (self.rows > 0 && first < self.last);
        self.last = other.last;
        self.rows += other.rows;
        self.bytes.extend_from_slice(&other.bytes);
    }

    /// As bytes, for another process.
    pub fn to_bytes(&self) -> Vec<u8> {
        let (date, number, id) = self.last;
        let mut bytes = Vec::with_capacity(self.bytes.len() + 32);
        bytes.extend_from_slice(&self.rows.to_le_bytes());
        bytes.push(self.unsorted.into());
        bytes.extend_from_slice(&date.to_le_bytes());
        bytes.extend_from_slice(&number.to_le_bytes());
        bytes.extend_from_slice(&id.to_le_bytes());
        bytes.extend_from_slice(&self.bytes);
        bytes
    }

    /// From such bytes; `None` when they are not such.
    pub fn from_bytes(bytes: &[u8]) -> Option<PackedLogs> {
        let (rows, bytes) = bytes.split_first_chunk()?;
        let ([unsorted], bytes) = bytes.split_first_chunk()?;
        let (date, bytes) = bytes.split_first_chunk()?;
        let (number, bytes) = bytes.split_first_chunk()?;
        let (id, bytes) = bytes.split_first_chunk()?;
        let rows = u32::from_le_bytes(*rows);
        // A row takes at least its fixed part.
        (rows as usize <= bytes.len() / 17).then(|| PackedLogs {
            bytes: bytes.to_vec(),
            rows,
            unsorted: *unsorted != 0,
            last: (
                i32::from_le_bytes(*date),
                i32::from_le_bytes(*number),
                i64::from_le_bytes(*id),
            ),
        })
    }

    /// Writes the rows into `games`, in the game order.
    pub fn unpack(&self, games: &mut Vec<GameLog>) {
        games.clear();
        let mut reader = Reader(&self.bytes);
        for _ in 0..self.rows {
            games.push(reader.game());
        }
        if self.unsorted {
            games.sort_unstable_by_key(GameLog::order);
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    #[inline(always)]
    fn take<const N: usize>(&mut self) -> [u8; N] {
        // What was packed is there to be unpacked.
        match self.0.split_first_chunk::<N>() {
            Some((head, rest)) => {
                self.0 = rest;
                *head
            }
            None => [0; N],
        }
    }

    #[inline(always)]
    fn counts<const N: usize>(&mut self, wide: bool) -> [i32; N] {
        if wide {
            let mut counts = [0; N];
            counts.iter_mut().for_each(|c| *c = i32::from_le_bytes(self.take()));
            counts
        } else {
            self.take::<N>().map(i32::from)
        }
    }

    #[inline(always)]
    fn game(&mut self) -> GameLog {
        let [flags] = self.take();
        let (id, season, game_number) = if flags & WIDE == 0 {
            let [a, b, c, d, e] = self.take();
            let id = i64::from_le_bytes([a, b, c, d, e, 0, 0, 0]);
            let season = i32::from(i16::from_le_bytes(self.take()));
            (id, season, i32::from(u8::from_le_bytes(self.take())))
        } else {
            let id = i64::from_le_bytes(self.take());
            (id, i32::from_le_bytes(self.take()), i32::from_le_bytes(self.take()))
        };
        let mut game = GameLog {
            id,
            date: i32::from_le_bytes(self.take()),
            season,
            game_number,
            level: flags >> LEVEL_SHIFT,
            home: (flags & HOME_KNOWN != 0).then_some(flags & AT_HOME != 0),
            known: u32::from_le_bytes(self.take()),
            counts: [0; BATS + ARMS],
        };
        if flags & BAT != 0 {
            game.counts[..BATS].copy_from_slice(&self.counts::<BATS>(flags & WIDE != 0));
        }
        if flags & ARM != 0 {
            game.counts[BATS..].copy_from_slice(&self.counts::<ARMS>(flags & WIDE != 0));
        }
        game
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn game() -> impl Strategy<Value = GameLog> {
        let count = prop_oneof![4 => 0..6_i32, 1 => any::<i32>()];
        (
            (
                any::<i64>(),
                any::<i32>(),
                -9..9_i32,
                1..3_i32,
                1..7_u8,
                any::<Option<bool>>(),
                any::<u32>(),
            ),
            prop::collection::vec(count, BATS + ARMS),
        )
            .prop_map(|((id, date, season, game_number, level, home, known), values)| {
                let mut counts = [0; BATS + ARMS];
                // Unknown counts are 0.
                for (i, value) in values.into_iter().enumerate() {
                    counts[i] = if known & (1 << i) != 0 { value } else { 0 };
                }
                GameLog {
                    id,
                    date,
                    season,
                    game_number,
                    level,
                    home,
                    known,
                    counts,
                }
            })
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_out_in_the_game_order(games in prop::collection::vec(game(), 0..40)) {
            let mut packed = PackedLogs::default();
            games.iter().for_each(|g| packed.push(g));
            let mut expected = games;
            expected.sort_by_key(GameLog::order);
            let mut unpacked = vec![];
            packed.unpack(&mut unpacked);
            prop_assert_eq!(packed.len(), expected.len());
            prop_assert_eq!(unpacked, expected);
        }

        #[test]
        fn parts_put_together_are_the_whole(
            games in prop::collection::vec(game(), 0..40), cut in 0..40_usize, sorted in any::<bool>()
        ) {
            let mut games = games;
            if sorted {
                games.sort_by_key(GameLog::order);
            }
            let (left, right) = games.split_at(cut.min(games.len()));
            let pack = |games: &[GameLog]| {
                let mut packed = PackedLogs::default();
                games.iter().for_each(|g| packed.push(g));
                PackedLogs::from_bytes(&packed.to_bytes())
            };
            let (mut whole, right) = (pack(left).unwrap_or_default(), pack(right).unwrap_or_default());
            whole.append(&right);
            let mut unpacked = vec![];
            whole.unpack(&mut unpacked);
            games.sort_by_key(GameLog::order);
            prop_assert_eq!(unpacked, games);
        }

        #[test]
        fn foreign_bytes_are_no_logs_or_few(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(packed) = PackedLogs::from_bytes(&bytes) {
                prop_assert!(packed.len() <= bytes.len());
                packed.unpack(&mut vec![]);
            }
        }
    }
}
