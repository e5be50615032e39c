//! A curve over slices, by the vectors of the processor that it runs on.

use std::marker::PhantomData;

use pulp::{Arch, Simd, WithSimd};

use super::curve::Curve;
use crate::activation::ActivationError;

fn same(left: usize, right: usize) -> Result<(), ActivationError> {
    if left == right { Ok(()) } else { Err(ActivationError::Lengths { left, right }) }
}

struct One<'a, C> {
    curve: PhantomData<C>,
    x: &'a [f32],
    y: &'a mut [f32],
}

struct Two<'a, C> {
    curve: PhantomData<C>,
    a: &'a [f32],
    b: &'a [f32],
    y: &'a mut [f32],
}

pub(super) fn one<C: Curve>(x: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    same(x.len(), y.len())?;
    Arch::new().dispatch(One { curve: PhantomData::<C>, x, y });
    Ok(())
}

pub(super) fn two<C: Curve>(a: &[f32], b: &[f32], y: &mut [f32]) -> Result<(), ActivationError> {
    same(a.len(), b.len())?;
    same(a.len(), y.len())?;
    Arch::new().dispatch(Two { curve: PhantomData::<C>, a, b, y });
    Ok(())
}

impl<C: Curve> WithSimd for One<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((x, rest), (y, rest_y)) = (S::as_simd_f32s(self.x), S::as_mut_simd_f32s(self.y));
        for (x, y) in x.iter().zip(y) {
            *y = C::of(simd, *x);
        }
        if !rest.is_empty() {
            simd.partial_store_f32s(rest_y, C::of(simd, simd.partial_load_f32s(rest)));
        }
    }
}

impl<C: Curve> WithSimd for Two<'_, C> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((a, rest_a), (b, rest_b)) = (S::as_simd_f32s(self.a), S::as_simd_f32s(self.b));
        let (y, rest_y) = S::as_mut_simd_f32s(self.y);
        for ((a, b), y) in a.iter().zip(b).zip(y) {
            *y = simd.mul_f32s(C::of(simd, *a), *b);
        }
        if !rest_a.is_empty() {
            let last = C::of(simd, simd.partial_load_f32s(rest_a));
            simd.partial_store_f32s(rest_y, simd.mul_f32s(last, simd.partial_load_f32s(rest_b)));
        }
    }
}
