//! Sums of products of whole numbers, as a processor does them side by side.

use super::fixed::FINE;
use super::layout::PART;

/// Numbers that are added side by side.
pub(super) const EIGHT: usize = 8;

/// Sums in `f32`, several side by side.
pub(super) trait Lanes: Copy {
    type Sums: Copy;

    fn zeros(self) -> Self::Sums;

    /// `sums + d (q · (whole + fine / FINE))`: at most four products of a part meet in a lane, below 2³¹ for numbers
    /// below 2¹³ and 2¹⁵.
    fn add_product(self, q: &[i16; PART], x: [&[i16; PART]; 2], d: f32, sums: Self::Sums) -> Self::Sums;

    /// `sums + a ⊙ b`
    fn add_products(self, a: &[f32; EIGHT], b: &[f32; EIGHT], sums: Self::Sums) -> Self::Sums;

    /// All lanes together.
    fn total(self, sums: Self::Sums) -> f32;
}

/// Plain loops: what the compiler makes of them for the processor at hand.
#[derive(Clone, Copy)]
pub(super) struct Plain;

impl Lanes for Plain {
    type Sums = [f32; EIGHT];

    #[inline(always)]
    fn zeros(self) -> [f32; EIGHT] {
        [0.0; EIGHT]
    }

    #[inline(always)]
    fn add_product(
        self,
        q: &[i16; PART],
        [whole, fine]: [&[i16; PART]; 2],
        d: f32,
        mut sums: [f32; EIGHT],
    ) -> [f32; EIGHT] {
        let (mut dots, mut rest) = ([0; EIGHT], [0; EIGHT]);
        for k in 0..PART / EIGHT {
            for i in 0..EIGHT {
                let at = EIGHT * k + i;
                dots[i] += i32::from(q[at]) * i32::from(whole[at]);
                rest[i] += i32::from(q[at]) * i32::from(fine[at]);
            }
        }
        for i in 0..EIGHT {
            sums[i] += d * (dots[i] as f32 + rest[i] as f32 / FINE);
        }
        sums
    }

    #[inline(always)]
    fn add_products(self, a: &[f32; EIGHT], b: &[f32; EIGHT], mut sums: [f32; EIGHT]) -> [f32; EIGHT] {
        for i in 0..EIGHT {
            sums[i] += a[i] * b[i];
        }
        sums
    }

    #[inline(always)]
    fn total(self, sums: [f32; EIGHT]) -> f32 {
        sums.iter().sum()
    }
}

/// Processors of x86 since 2013: one instruction multiplies sixteen pairs and adds neighbours.
#[cfg(target_arch = "x86_64")]
mod pairs {
    use std::arch::x86_64::{__m256, __m256i};

    use pulp::{Simd, cast, x86::V3};

    use super::{EIGHT, FINE, Lanes, PART};

    impl Lanes for V3 {
        type Sums = __m256;

        #[inline(always)]
        fn zeros(self) -> __m256 {
            self.avx._mm256_setzero_ps()
        }

        #[inline(always)]
        fn add_product(
            self,
            q: &[i16; PART],
            [whole, fine]: [&[i16; PART]; 2],
            d: f32,
            sums: __m256,
        ) -> __m256 {
            let [q, more_q]: [__m256i; 2] = cast(*q);
            let dots = |x: &[i16; PART]| {
                let [x, more_x]: [__m256i; 2] = cast(*x);
                let first = self.avx2._mm256_madd_epi16(q, x);
                let second = self.avx2._mm256_madd_epi16(more_q, more_x);
                self.avx._mm256_cvtepi32_ps(self.avx2._mm256_add_epi32(first, second))
            };
            let share = self.avx._mm256_set1_ps(1.0 / FINE);
            let both = self.fma._mm256_fmadd_ps(share, dots(fine), dots(whole));
            self.fma._mm256_fmadd_ps(self.avx._mm256_set1_ps(d), both, sums)
        }

        #[inline(always)]
        fn add_products(self, a: &[f32; EIGHT], b: &[f32; EIGHT], sums: __m256) -> __m256 {
            self.fma._mm256_fmadd_ps(cast(*a), cast(*b), sums)
        }

        #[inline(always)]
        fn total(self, sums: __m256) -> f32 {
            self.reduce_sum_f32s(cast(sums))
        }
    }
}
