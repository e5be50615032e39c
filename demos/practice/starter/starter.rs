//! TITLE
//!
//! HOW_TO_RUN

use std::io::{BufRead, Write};

use serde_json::{Value, json};

/// TASK
///
/// SHAPES
fn FUNCTION(ARGUMENTS) -> GIVES {
    todo!("YOUR_TURN")
}

// PROTOCOL_BELOW

fn main() {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let request: Value = serde_json::from_str(&line).expect("a request");
        let given = &request["input"];
        let output = FUNCTION(PASSED);
        let reply = json!({ "id": request["id"], "output": output.written() });
        writeln!(out, "{reply}").and_then(|()| out.flush()).expect("the reader is there");
    }
}

/// Out of JSON: "-inf" is a number too.
#[allow(dead_code)]
trait Read {
    fn read(value: &Value) -> Self;
}

#[allow(dead_code)]
fn read<T: Read>(value: &Value) -> T {
    T::read(value)
}

impl Read for f64 {
    fn read(value: &Value) -> f64 {
        match value.as_str() {
            Some("-inf") => f64::NEG_INFINITY,
            Some("inf") => f64::INFINITY,
            _ => value.as_f64().unwrap_or(f64::NAN),
        }
    }
}

impl Read for usize {
    fn read(value: &Value) -> usize {
        value.as_u64().unwrap_or_default() as usize
    }
}

impl Read for bool {
    fn read(value: &Value) -> bool {
        value.as_bool().unwrap_or_default()
    }
}

impl Read for String {
    fn read(value: &Value) -> String {
        value.as_str().unwrap_or_default().into()
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: &Value) -> Vec<T> {
        value.as_array().into_iter().flatten().map(T::read).collect()
    }
}

/// Into JSON, which has no infinities.
trait Written {
    fn written(&self) -> Value;
}

impl Written for f64 {
    fn written(&self) -> Value {
        if self.is_finite() { json!(self) } else { json!(self.to_string().to_lowercase()) }
    }
}

macro_rules! as_they_are {
    ($($form:ty),*) => { $(impl Written for $form {
        fn written(&self) -> Value { json!(self) }
    })* };
}
as_they_are!(usize, bool, String, Value);

impl<T: Written> Written for Vec<T> {
    fn written(&self) -> Value {
        self.iter().map(Written::written).collect()
    }
}
