//! The code of the whiteboard, held to the library.

#[allow(unreachable_pub)] // as one writes it
mod mean;

use serde_json::json;

use super::LESSON;
use super::experiments::standard_error;
use crate::kit::whiteboard::python;

#[test]
fn the_error_is_the_formula() {
    let throws = [1.0, 0.0, 1.0, 1.0];
    let right = (0.75, standard_error(4, 0.75));
    assert_eq!(mean::mean(&throws), right);
    let said = python(LESSON.whiteboard[0].python, "mean(*args)", &json!([throws]));
    assert!(said.is_none_or(|said| said == json!(right)));
}
