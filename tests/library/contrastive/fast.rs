//! The fast kernel against its readable twin.

use concepts::contrastive::{Objective, Sharpness, Side, contrast, fast_contrast, unit_rows};
use concepts::numerics::tolerance::ORACLE_F32;
use concepts::numerics::{max_difference, normal, rng};
use ndarray::{Array2, array};
use proptest::prelude::*;

/// Both agree to what `f32` leaves of logits of this size.
fn agree(x: &Array2<f32>, y: &Array2<f32>, scale: f32, largest: f64) {
    let sharp = Sharpness { scale: f64::from(scale), bias: 0.0 };
    let (wide_x, wide_y) = (x.mapv(f64::from), y.mapv(f64::from));
    let twin = contrast(wide_x.view(), wide_y.view(), Objective::CLIP, sharp).unwrap();
    let fast = fast_contrast(x.view(), y.view(), scale).unwrap();
    // A logit is off by eps times itself, a probability by as much relative to itself.
    let tolerance = ORACLE_F32 * largest.max(1.0);
    assert!((fast.loss - twin.loss).abs() <= tolerance, "loss {} {}", fast.loss, twin.loss);
    let size = f64::from(scale) * largest.max(1.0);
    for (fast, twin) in [(&fast.by_images, &twin.by_images), (&fast.by_texts, &twin.by_texts)] {
        let off = max_difference(&fast.mapv(f64::from), twin);
        assert!(off <= tolerance * size, "gradient {off}");
    }
    let off = (fast.by_scale - twin.by_scale).abs();
    assert!(off <= tolerance * largest.max(1.0), "scale {} {}", fast.by_scale, twin.by_scale);
}

#[test]
fn odd_sizes_agree() {
    for n in [2, 3, 15, 16, 17, 63, 64, 65, 130] {
        for d in [1, 2, 5, 33] {
            let mut draws = rng(n as u64, "fast");
            let unit = |side, draws: &mut _| {
                unit_rows(normal((n, d), 1.0, draws).view(), side).unwrap().mapv(|x| x as f32)
            };
            let (x, y) = (unit(Side::Images, &mut draws), unit(Side::Texts, &mut draws));
            for scale in [1e-3, 1.0, 14.0, 100.0] {
                agree(&x, &y, scale, f64::from(scale));
            }
        }
    }
}

#[test]
fn views_that_are_turned_agree() {
    let mut draws = rng(7, "turned");
    let (x, y) = (normal((4, 9), 0.3, &mut draws), normal((4, 9), 0.3, &mut draws));
    let (x, y) = (x.mapv(|x| x as f32), y.mapv(|x| x as f32));
    let turned = fast_contrast(x.t(), y.t(), 2.0).unwrap();
    let straight =
        fast_contrast(x.t().as_standard_layout().view(), y.t().as_standard_layout().view(), 2.0).unwrap();
    assert!((turned.loss - straight.loss).abs() < ORACLE_F32);
    assert!(
        turned.by_images.iter().zip(&straight.by_images).all(|(a, b)| f64::from((a - b).abs()) < ORACLE_F32)
    );
}

#[test]
fn what_the_twin_refuses_is_refused() {
    let two = array![[1.0f32, 0.0], [0.0, 1.0]];
    for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
        let mut x = two.clone();
        x[[1, 0]] = bad;
        let error = fast_contrast(two.view(), x.view(), 1.0).unwrap_err();
        assert!(error.to_string().contains("texts, row 2, column 1"), "{error}");
        let wide = x.mapv(f64::from);
        let sharp = Sharpness::temperature(1.0).unwrap();
        let twin = contrast(two.mapv(f64::from).view(), wide.view(), Objective::CLIP, sharp).unwrap_err();
        assert_eq!(error.to_string(), twin.to_string());
    }
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(fast_contrast(two.view(), two.view(), scale).is_err());
    }
    // f32 cannot hold these scores, f64 could: refused rather than wrong.
    let far = &two * 1e30;
    assert!(fast_contrast(far.view(), far.view(), 1.0).unwrap_err().to_string().contains("overflow"));
    assert!(fast_contrast(two.view(), array![[1.0f32, 0.0]].view(), 1.0).is_err());
}

proptest! {
    #[test]
    fn any_vectors_agree(
        n in 2usize..40, d in 1usize..12, length in 1e-3f32..30.0, scale in 1e-2f32..10.0, seed in any::<u64>(),
    ) {
        let mut draws = rng(seed, "any");
        let x = normal((n, d), f64::from(length), &mut draws).mapv(|x| x as f32);
        let y = normal((n, d), f64::from(length), &mut draws).mapv(|x| x as f32);
        let products = x.mapv(f32::abs).dot(&y.t().mapv(f32::abs));
        let largest = f64::from(products.iter().fold(0.0f32, |most, p| most.max(*p)) * scale);
        agree(&x, &y, scale, largest.max(f64::from(length)));
    }
}
