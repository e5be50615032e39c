//! One token in steps: products of whole weights and whole activations, added up as whole numbers within a part.
//!
//! A multiplication of sixteen bits takes two numbers where one of `f32` takes one, and weights of four bits need two
//! instructions to become numbers of sixteen bits where they need four to become `f32`.

use std::marker::PhantomData;

use super::fixed::Fixed;
use super::lanes::{Lanes, Plain};
use super::layout::{Layout, PART};

/// Rows that go side by side: they share each load of the activations, and their sums do not wait for each other.
const ROWS: usize = 4;

/// Some rows of a matrix times one vector.
pub(super) struct OneFixed<'a, L, const BYTES: usize> {
    pub(super) layout: PhantomData<L>,
    /// The rows, block after block.
    pub(super) blocks: &'a [[u8; BYTES]],
    pub(super) x: &'a Fixed,
    /// `(rows)`
    pub(super) out: &'a mut [f32],
}

impl<L: Layout<BYTES>, const BYTES: usize> OneFixed<'_, L, BYTES> {
    /// All rows, by what the processor has.
    pub(super) fn run(self) {
        #[cfg(target_arch = "x86_64")]
        if let Some(simd) = pulp::x86::V3::try_new() {
            return simd.vectorize(Wide { simd, one: self });
        }
        // Elsewhere what every processor of a kind has is what loops are compiled for.
        self.run_in(Plain);
    }

    #[inline(always)]
    fn run_in<A: Lanes>(self, lanes: A) {
        let width = self.x.whole.len() / L::PARTS;
        let mut scales = Scales::new(self.x.sums.len());
        for (blocks, out) in self.blocks.chunks(ROWS * width).zip(self.out.chunks_mut(ROWS)) {
            // Where fewer are left, the last one is done again.
            let mut rows: [&[[u8; BYTES]]; ROWS] = [&[]; ROWS];
            for r in 0..ROWS {
                rows[r] = &blocks[r.min(out.len() - 1) * width..][..width];
            }
            let sums = dots::<A, L, BYTES>(lanes, rows, self.x, &mut scales);
            out.copy_from_slice(&sums[..out.len()]);
        }
    }
}

/// The same with the instructions of one kind of processor.
#[cfg(target_arch = "x86_64")]
struct Wide<'a, L, const BYTES: usize> {
    simd: pulp::x86::V3,
    one: OneFixed<'a, L, BYTES>,
}

#[cfg(target_arch = "x86_64")]
impl<L: Layout<BYTES>, const BYTES: usize> pulp::NullaryFnOnce for Wide<'_, L, BYTES> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        self.one.run_in(self.simd);
    }
}

/// What the rows that are at work are scaled with, part after part.
struct Scales {
    /// `d` times the steps of the activations.
    d: [Vec<f32>; ROWS],
    m: Vec<f32>,
}

impl Scales {
    fn new(parts: usize) -> Self {
        Self { d: [(); ROWS].map(|()| vec![0.0; parts]), m: vec![0.0; parts] }
    }
}

/// `Σ_p d_p s_p (q_p · (w_p + f_p / FINE)) + m_p Σ x_p` for each row, with the steps `s` and the activations in whole
/// and in fine steps, `w` and `f`.
#[inline(always)]
fn dots<A: Lanes, L: Layout<BYTES>, const BYTES: usize>(
    lanes: A,
    rows: [&[[u8; BYTES]]; ROWS],
    x: &Fixed,
    scales: &mut Scales,
) -> [f32; ROWS] {
    let parts = x.whole.len();
    let mut sums = [lanes.zeros(); ROWS];
    for r in 0..ROWS {
        let (d, m) = (&mut scales.d[r][..parts], &mut scales.m[..parts]);
        L::scales(rows[r], d, m);
        for (d, step) in d.iter_mut().zip(&x.steps) {
            *d *= step;
        }
        if L::MINIMA {
            // Behind the last part there are zeros up to a whole number of eights.
            let eights = scales.m.as_chunks().0.iter().zip(x.sums.as_chunks().0);
            for (m, x) in eights {
                sums[r] = lanes.add_products(m, x, sums[r]);
            }
        }
    }
    let d = scales.d.each_ref().map(|d| &d[..parts]);
    let planes = x.whole.chunks_exact(L::PARTS).zip(x.fine.chunks_exact(L::PARTS));
    for ((blocks, x), d) in side_by_side(rows).zip(planes).zip(chunks(d, L::PARTS)) {
        // By fours, so that what a part's place in its block decides is decided when this is compiled.
        if L::PARTS == 1 {
            add_part::<A, L, BYTES>(lanes, blocks, 0, x, d, &mut sums);
        }
        for p in (0..L::PARTS / 4 * 4).step_by(4) {
            add_part::<A, L, BYTES>(lanes, blocks, p, x, d, &mut sums);
            add_part::<A, L, BYTES>(lanes, blocks, p + 1, x, d, &mut sums);
            add_part::<A, L, BYTES>(lanes, blocks, p + 2, x, d, &mut sums);
            add_part::<A, L, BYTES>(lanes, blocks, p + 3, x, d, &mut sums);
        }
    }
    let mut out = [0.0; ROWS];
    for r in 0..ROWS {
        out[r] = lanes.total(sums[r]);
    }
    out
}

/// One part of a block of each row.
#[inline(always)]
fn add_part<A: Lanes, L: Layout<BYTES>, const BYTES: usize>(
    lanes: A,
    blocks: [&[u8; BYTES]; ROWS],
    part: usize,
    (whole, fine): (&[[i16; PART]], &[[i16; PART]]),
    d: [&[f32]; ROWS],
    sums: &mut [A::Sums; ROWS],
) {
    for r in 0..ROWS {
        let mut q = [0; PART];
        L::whole(blocks[r], part, &mut q);
        sums[r] = lanes.add_product(&q, [&whole[part], &fine[part]], d[r][part], sums[r]);
    }
}

/// Four slices of one length at once: without a question at each place whether it is there.
fn side_by_side<T>(slices: [&[T]; ROWS]) -> impl Iterator<Item = [&T; ROWS]> {
    let [a, b, c, d] = slices;
    a.iter().zip(b).zip(c).zip(d).map(|(((a, b), c), d)| [a, b, c, d])
}

fn chunks<T>(slices: [&[T]; ROWS], size: usize) -> impl Iterator<Item = [&[T]; ROWS]> {
    let [a, b, c, d] = slices.map(|slice| slice.chunks_exact(size));
    a.zip(b).zip(c).zip(d).map(|(((a, b), c), d)| [a, b, c, d])
}
