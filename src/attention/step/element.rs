//! What a cache may be stored as.

use super::{Bf16, TILE};

/// A number that a cache of keys and values may hold: `f32` or [`Bf16`].
pub trait CacheElement: Copy + Send + Sync + Into<f32> + sealed::Rows {}

impl CacheElement for f32 {}
impl CacheElement for Bf16 {}

/// How rows become rows of `f32`. Private, so that no other type can be stored.
pub(super) mod sealed {
    use super::{Bf16, TILE};

    /// Rows that can be read as `f32`.
    pub trait Rows: Sized {
        /// Numbers of working memory for each stored number: 0 if it is an `f32` already.
        const COPIES: usize;

        /// Rows that are read before all queries of a group use them.
        const STEP: usize;

        /// The rows as `f32`, in `room` if they have to be widened.
        fn widen<'a>(rows: &'a [Self], room: &'a mut [f32]) -> &'a [f32];
    }

    impl Rows for f32 {
        const COPIES: usize = 0;
        /// A whole tile: the first query of the group fetches it while it computes, the others find it in
        /// the cache.
        const STEP: usize = TILE;

        #[inline(always)]
        fn widen<'a>(rows: &'a [f32], _: &'a mut [f32]) -> &'a [f32] {
            rows
        }
    }

    impl Rows for Bf16 {
        const COPIES: usize = 1;
        /// Few, so that the processor already fetches the next ones while it computes. Measured: with a
        /// whole tile it waits in turns for memory and for arithmetic, and takes twice as long.
        const STEP: usize = 8;

        #[inline(always)]
        fn widen<'a>(rows: &'a [Bf16], room: &'a mut [f32]) -> &'a [f32] {
            let room = &mut room[..rows.len()];
            for (wide, &narrow) in room.iter_mut().zip(rows) {
                *wide = f32::from(narrow);
            }
            room
        }
    }
}
