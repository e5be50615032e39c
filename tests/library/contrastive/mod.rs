//! Contrastive losses: against PyTorch, against differences, the fast kernel against its twin, towers, fusion.

mod fast;
mod fusion;
mod towers;

use concepts::contrastive::{
    Contrast, ContrastiveError, Direction, Objective, Sharpness, Side, contrast, gap, lowest_loss, on_logits,
    recall, through_unit_rows, unit_rows,
};
use concepts::numerics::tolerance::{DIFFERENCE_STEP, EXACT_F64, GRADIENT, ORACLE_F32, ORACLE_F64};
use concepts::numerics::{central_difference, max_difference, normal, relative_error, rng, softmax};
use ndarray::{Array2, array};
use serde_json::Value;

const OBJECTIVES: [(&str, Objective); 4] = [
    ("clip", Objective::CLIP),
    ("image-to-text", Objective::InfoNce(Direction::ImageToText)),
    ("text-to-image", Objective::InfoNce(Direction::TextToImage)),
    ("siglip", Objective::SigLip),
];

fn matrix(value: &Value) -> Array2<f64> {
    let rows: Vec<Vec<f64>> = serde_json::from_value(value.clone()).unwrap();
    Array2::from_shape_vec((rows.len(), rows[0].len()), rows.concat()).unwrap()
}

fn cases() -> Vec<Value> {
    let fixture: Value =
        serde_json::from_str(include_str!("../../fixtures/contrastive/values.json")).unwrap();
    fixture["cases"].as_array().unwrap().clone()
}

/// Loss and gradients by the embeddings before they are made one long.
fn whole(x: &Array2<f64>, y: &Array2<f64>, objective: Objective, sharp: Sharpness) -> Contrast {
    let (a, b) = (unit_rows(x.view(), Side::Images).unwrap(), unit_rows(y.view(), Side::Texts).unwrap());
    let made = contrast(a.view(), b.view(), objective, sharp).unwrap();
    let by_images = through_unit_rows(x.view(), made.by_images.view());
    let by_texts = through_unit_rows(y.view(), made.by_texts.view());
    Contrast { by_images, by_texts, ..made }
}

#[test]
fn losses_and_gradients_are_those_of_pytorch() {
    assert_eq!(cases().len(), 4);
    for case in cases() {
        let (x, y) = (matrix(&case["images"]), matrix(&case["texts"]));
        let sharp =
            Sharpness { scale: case["scale"].as_f64().unwrap(), bias: case["bias"].as_f64().unwrap() };
        for (name, objective) in OBJECTIVES {
            let ours = whole(&x, &y, objective, sharp);
            for (end, tolerance) in [("", ORACLE_F64), ("_f32", ORACLE_F32 * sharp.scale.max(1.0))] {
                let theirs = &case[format!("{name}{end}")];
                let near = |key: &str, ours: f64| {
                    let theirs = theirs[key].as_f64().unwrap();
                    let off = (ours - theirs).abs() / ours.abs().max(1.0);
                    assert!(off <= tolerance, "{name}{end} {key}: {ours} {theirs}");
                };
                near("loss", ours.loss);
                near("by_scale", ours.by_scale);
                near("by_bias", ours.by_bias);
                let off = max_difference(&ours.by_images, &matrix(&theirs["by_images"]));
                assert!(off <= tolerance * sharp.scale.max(1.0), "{name}{end} images {off}");
                let off = max_difference(&ours.by_texts, &matrix(&theirs["by_texts"]));
                assert!(off <= tolerance * sharp.scale.max(1.0), "{name}{end} texts {off}");
            }
        }
    }
}

#[test]
fn gradients_are_those_of_differences() {
    let mut draws = rng(7, "contrastive");
    let (x, y) = (normal((6, 3), 1.0, &mut draws), normal((6, 3), 1.0, &mut draws));
    let sharp = Sharpness { scale: 4.0, bias: -1.5 };
    for (name, objective) in OBJECTIVES {
        let made = whole(&x, &y, objective, sharp);
        let by_x = central_difference(|x| whole(x, &y, objective, sharp).loss, &x, DIFFERENCE_STEP);
        assert!(relative_error(&made.by_images, &by_x) < GRADIENT, "{name} images");
        let by_y = central_difference(|y| whole(&x, y, objective, sharp).loss, &y, DIFFERENCE_STEP);
        assert!(relative_error(&made.by_texts, &by_y) < GRADIENT, "{name} texts");
        let at = array![[sharp.scale, sharp.bias]];
        let of =
            |s: &Array2<f64>| whole(&x, &y, objective, Sharpness { scale: s[[0, 0]], bias: s[[0, 1]] }).loss;
        let numeric = central_difference(of, &at, DIFFERENCE_STEP);
        let ours = array![[made.by_scale, made.by_bias]];
        // A softmax does not see what is added to all: both are rounding there.
        let off = (&ours - &numeric).iter().fold(0.0, |most: f64, d| most.max(d.abs()));
        assert!(off < GRADIENT * ours[[0, 0]].abs().max(1.0), "{name} scale {ours} {numeric}");
    }
}

#[test]
fn on_logits_by_hand() {
    // Softmax of ln 3 and 0 is ¾ and ¼.
    let logits = array![[3f64.ln(), 0.0], [0.0, 3f64.ln()]];
    let made = on_logits(logits.view(), Objective::CLIP).unwrap();
    assert!((made.loss - (4.0f64 / 3.0).ln()).abs() < EXACT_F64);
    assert!(max_difference(&made.by_logits, &array![[-0.125, 0.125], [0.125, -0.125]]) < EXACT_F64);
    // Odds of 3 to 1 for each of the pairs, 1 to 1 for the others.
    let siglip = on_logits(logits.view(), Objective::SigLip).unwrap();
    let by_hand = (4.0f64 / 3.0).ln() + 2f64.ln();
    assert!((siglip.loss - by_hand).abs() < EXACT_F64);
    assert!(max_difference(&siglip.by_logits, &array![[-0.125, 0.25], [0.25, -0.125]]) < EXACT_F64);
    // Large scores neither overflow nor lose the loss.
    let large = array![[-1e6, 1e6], [1e6, -1e6]];
    assert_eq!(on_logits(large.view(), Objective::CLIP).unwrap().loss, 2e6);
    assert_eq!(on_logits(large.view(), Objective::SigLip).unwrap().loss, 2e6);
    assert_eq!(softmax::softmax(large.row(0))[0], 0.0);
}

#[test]
fn a_simplex_reaches_the_lowest_loss_and_nothing_goes_below() {
    for n in [2, 3, 8, 33] {
        // The corners of a simplex: the unit vectors, less their mean.
        let corners = Array2::<f64>::eye(n) - 1.0 / n as f64;
        let x = unit_rows(corners.view(), Side::Images).unwrap();
        for tau in [0.07, 0.5, 1.0] {
            let sharp = Sharpness::temperature(tau).unwrap();
            let floor = lowest_loss(n, sharp).unwrap();
            let reached = contrast(x.view(), x.view(), Objective::CLIP, sharp).unwrap().loss;
            assert!((reached - floor).abs() < EXACT_F64 * reached.max(1.0), "{n} {tau}: {reached} {floor}");
            for k in 0..20 {
                let mut draws = rng(k, "below");
                let z = unit_rows(normal((n, 4), 1.0, &mut draws).view(), Side::Images).unwrap();
                let near = unit_rows((&z + &normal((n, 4), 0.1, &mut draws)).view(), Side::Texts).unwrap();
                assert!(contrast(z.view(), near.view(), Objective::CLIP, sharp).unwrap().loss > floor);
            }
        }
    }
}

#[test]
fn retrieval_and_gap_by_hand() {
    let tie = recall(array![[1.0, 1.0], [0.0, 1.0]].view()).unwrap();
    assert_eq!((tie.texts_found, tie.images_found), (0.5, 0.5));
    let (x, y) = (array![[1.0, 0.0], [0.0, 2.0]], array![[-3.0, 0.0], [0.0, -1.0]]);
    let far = gap(x.view(), y.view()).unwrap();
    assert!((far.distance - 2f64.sqrt()).abs() < EXACT_F64);
    assert_eq!(far.apart, 1.0);
    assert_eq!(gap(x.view(), x.view()).unwrap().apart, 0.5);
}

#[test]
fn what_cannot_be_is_refused() {
    let one = array![[1.0, 0.0]];
    let two = array![[1.0, 0.0], [0.0, 1.0]];
    let sharp = Sharpness::temperature(1.0).unwrap();
    let of =
        |x: &Array2<f64>, y: &Array2<f64>| contrast(x.view(), y.view(), Objective::CLIP, sharp).unwrap_err();
    assert_eq!(of(&one, &one), ContrastiveError::TooFewPairs { pairs: 1 });
    assert_eq!(of(&one, &two), ContrastiveError::Unpaired { images: 1, texts: 2 });
    assert_eq!(of(&two, &array![[1.0], [2.0]]), ContrastiveError::Widths { images: 2, texts: 1 });
    let nan = array![[1.0, 0.0], [f64::NAN, 1.0]];
    assert!(of(&two, &nan).to_string().contains("texts, row 2, column 1: NaN"));
    assert_eq!(of(&(&two * 1e200), &(&two * 1e200)), ContrastiveError::Overflow);
    for tau in [0.0, -1.0, f64::NAN, f64::INFINITY, 1e-320] {
        assert!(Sharpness::temperature(tau).is_err(), "{tau}");
    }
    assert!(lowest_loss(1, sharp).is_err());
    assert!(recall(Array2::zeros((2, 3)).view()).is_err());
    assert!(gap(Array2::zeros((0, 3)).view(), Array2::zeros((2, 3)).view()).is_err());
}
