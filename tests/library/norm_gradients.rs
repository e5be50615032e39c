//! The gradients of the normalisations, against central differences.

use concepts::architecture::{LayerNorm, RmsNorm};
use concepts::numerics::{central_difference, normal, relative_error, rng, tolerance};
use ndarray::{Array2, Axis};

#[test]
fn the_gradient_of_layer_norm_is_what_central_differences_give() {
    let mut rng = rng(7, "layer norm backward");
    for (n, d) in [(1, 2), (3, 5), (6, 4), (2, 1)] {
        let [x, g] = [(); 2].map(|()| normal((n, d), 1.5, &mut rng));
        let (gain, bias) = (normal((1, d), 1.0, &mut rng) + 1.0, normal((1, d), 1.0, &mut rng));
        let loss = |x: &Array2<f64>, gain: &Array2<f64>, bias: &Array2<f64>| {
            let norm = LayerNorm::from_weights(gain.row(0).to_owned(), bias.row(0).to_owned()).unwrap();
            (norm.forward(x.view()).unwrap() * &g).sum()
        };
        let norm = LayerNorm::from_weights(gain.row(0).to_owned(), bias.row(0).to_owned()).unwrap();
        let grads = norm.backward(x.view(), g.view()).unwrap();
        let row = |of: ndarray::Array1<f64>| of.insert_axis(Axis(0));
        let step = tolerance::DIFFERENCE_STEP;
        let numeric = [
            central_difference(|x| loss(x, &gain, &bias), &x, step),
            central_difference(|gain| loss(&x, gain, &bias), &gain, step),
            central_difference(|bias| loss(&x, &gain, bias), &bias, step),
        ];
        for (analytic, numeric) in [grads.x, row(grads.gain), row(grads.bias)].iter().zip(&numeric) {
            assert!(
                relative_error(analytic, numeric) < tolerance::GRADIENT,
                "{n} × {d}: {analytic} {numeric}"
            );
        }
    }
}

#[test]
fn the_gradient_of_rms_norm_is_what_central_differences_give() {
    let mut rng = rng(7, "rms norm backward");
    for (n, d) in [(1, 2), (3, 5), (6, 4)] {
        let [x, g] = [(); 2].map(|()| normal((n, d), 1.5, &mut rng));
        let gain = normal((1, d), 1.0, &mut rng) + 1.0;
        let loss = |x: &Array2<f64>, gain: &Array2<f64>| {
            let norm = RmsNorm::from_weights(gain.row(0).to_owned()).unwrap();
            (norm.forward(x.view()).unwrap() * &g).sum()
        };
        let norm = RmsNorm::from_weights(gain.row(0).to_owned()).unwrap();
        let grads = norm.backward(x.view(), g.view()).unwrap();
        let step = tolerance::DIFFERENCE_STEP;
        let numeric = [
            central_difference(|x| loss(x, &gain), &x, step),
            central_difference(|gain| loss(&x, gain), &gain, step),
        ];
        for (analytic, numeric) in [grads.x, grads.gain.insert_axis(Axis(0))].iter().zip(&numeric) {
            assert!(
                relative_error(analytic, numeric) < tolerance::GRADIENT,
                "{n} × {d}: {analytic} {numeric}"
            );
        }
        assert!(norm.backward(x.view(), Array2::ones((n, d + 1)).view()).is_err());
        assert!(norm.backward(x.view(), Array2::ones((n + 1, d)).view()).is_err());
    }
}
