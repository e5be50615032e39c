//! Files of weights as keys and tensors.

use super::{Keys, Tensors};
use crate::weights::{Gguf, SafeTensors, Tensor, Value};

impl Keys for Gguf<'_> {
    fn keys(&self) -> Vec<String> {
        self.metadata().iter().map(|(key, _)| (*key).to_string()).collect()
    }

    fn whole(&self, key: &str) -> Option<u64> {
        self.get(key).and_then(whole)
    }

    fn number(&self, key: &str) -> Option<f64> {
        let value = self.get(key)?;
        value.as_f64().or_else(|| value.as_i64().map(|number| number as f64))
    }

    fn word(&self, key: &str) -> Option<String> {
        self.get(key)?.as_str().map(str::to_owned)
    }

    fn wholes(&self, key: &str) -> Option<Vec<u64>> {
        self.get(key)?.as_array()?.iter().map(|value| whole(&value)).collect()
    }

    fn shown(&self, key: &str) -> String {
        self.get(key).map(Value::to_string).unwrap_or_default()
    }
}

/// A whole number that is not negative, or a flag.
fn whole(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_bool().map(u64::from))
}

impl Tensors for Gguf<'_> {
    fn names(&self) -> Vec<String> {
        self.tensors().map(|tensor| tensor.name.to_string()).collect()
    }

    fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.tensor(name).map(|tensor| tensor.shape.clone())
    }

    fn values(&self, name: &str) -> Option<Vec<f32>> {
        self.tensor(name).map(Tensor::decode)
    }
}

impl Tensors for SafeTensors<'_> {
    fn names(&self) -> Vec<String> {
        self.tensors().map(|tensor| tensor.name.to_string()).collect()
    }

    fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.tensor(name).map(|tensor| tensor.shape)
    }

    fn values(&self, name: &str) -> Option<Vec<f32>> {
        self.tensor(name).map(|tensor| tensor.decode())
    }
}

impl Tensors for Vec<Tensor<'_>> {
    fn names(&self) -> Vec<String> {
        self.iter().map(|tensor| tensor.name.to_string()).collect()
    }

    fn shape(&self, name: &str) -> Option<Vec<usize>> {
        self.iter().find(|tensor| tensor.name == name).map(|tensor| tensor.shape.clone())
    }

    fn values(&self, name: &str) -> Option<Vec<f32>> {
        self.iter().find(|tensor| tensor.name == name).map(Tensor::decode)
    }
}
