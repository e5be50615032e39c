//! Values of a fixture, each of which can say where it stands.

use concepts::attention::Mask;
use ndarray::{Array1, Array2, Array3, Dimension};
use serde_json::Value;

/// The whole of a fixture.
pub(super) fn parse((file, text): (&str, &str)) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{file} is no JSON: {error}"))
}

/// A value inside a fixture, which knows where it stands.
#[derive(Clone)]
pub(super) struct Node<'a> {
    pub(super) place: String,
    pub(super) value: &'a Value,
}

impl<'a> Node<'a> {
    pub(super) fn root(file: &str, value: &'a Value) -> Self {
        Node { place: file.to_owned(), value }
    }

    pub(super) fn wrong(&self, expected: &str) -> ! {
        let mut found = self.value.to_string();
        if let Some((cut, _)) = found.char_indices().nth(60) {
            found.truncate(cut);
            found.push('…');
        }
        panic!("{}: expected {expected}, found {found}", self.place)
    }

    pub(super) fn get(&self, field: &str) -> Node<'a> {
        match self.value.get(field) {
            Some(value) => Node { place: format!("{}, {field}", self.place), value },
            None => panic!("{}: the field {field:?} is missing", self.place),
        }
    }

    /// `None` if the value is null.
    pub(super) fn present(self) -> Option<Node<'a>> {
        if self.value.is_null() { None } else { Some(self) }
    }

    /// The named things of a list; the place of each is its name instead of its number.
    pub(super) fn list(&self, field: &str) -> Vec<Node<'a>> {
        let items = self.get(field).items();
        assert!(!items.is_empty(), "{}: {field} is empty", self.place);
        items
            .into_iter()
            .map(|item| Node { place: format!("{}, {:?}", self.place, item.get("name").text()), ..item })
            .collect()
    }

    pub(super) fn items(&self) -> Vec<Node<'a>> {
        let Some(items) = self.value.as_array() else { self.wrong("a list") };
        items
            .iter()
            .enumerate()
            .map(|(i, value)| Node { place: format!("{}[{i}]", self.place), value })
            .collect()
    }

    pub(super) fn text(&self) -> &'a str {
        self.value.as_str().unwrap_or_else(|| self.wrong("a text"))
    }

    pub(super) fn size(&self) -> usize {
        self.value.as_u64().and_then(|n| n.try_into().ok()).unwrap_or_else(|| self.wrong("a size"))
    }

    pub(super) fn number(&self) -> f64 {
        match self.value {
            Value::Null => f64::NAN,
            Value::String(text) if text == "-inf" => f64::NEG_INFINITY,
            Value::String(text) if text == "inf" => f64::INFINITY,
            value => value.as_f64().unwrap_or_else(|| self.wrong("a number")),
        }
    }

    pub(super) fn array1(&self) -> Array1<f64> {
        self.items().iter().map(Node::number).collect()
    }

    pub(super) fn array2(&self) -> Array2<f64> {
        let rows: Vec<Array1<f64>> = self.items().iter().map(Node::array1).collect();
        self.stack(&rows)
    }

    pub(super) fn array3(&self) -> Array3<f64> {
        let tables: Vec<Array2<f64>> = self.items().iter().map(Node::array2).collect();
        self.stack(&tables)
    }

    /// Equal arrays become one with a dimension more in front.
    pub(super) fn stack<D>(&self, parts: &[ndarray::Array<f64, D>]) -> ndarray::Array<f64, D::Larger>
    where
        D: Dimension,
        D::Larger: ndarray::RemoveAxis,
    {
        let views: Vec<_> = parts.iter().map(|part| part.view()).collect();
        ndarray::stack(ndarray::Axis(0), &views)
            .unwrap_or_else(|error| panic!("{}: the rows do not fit together: {error}", self.place))
    }

    /// The mask of a case, by its kind and as a table.
    pub(super) fn mask(&self) -> (Mask, Option<Array2<bool>>) {
        let table = self.get("mask").present().map(|node| {
            node.array2().map(|&flag| match flag {
                0.0 => false,
                1.0 => true,
                _ => node.wrong("a table of 0 and 1"),
            })
        });
        let mask = match (self.get("mask_kind").text(), &table) {
            ("none", None) => Mask::None,
            ("causal", Some(_)) => Mask::Causal,
            // Padding hides the same keys from each query, so any row tells.
            ("padding", Some(table)) => Mask::Padding(table.row(0).to_vec()),
            ("pairs", Some(table)) => Mask::Pairs(table.clone()),
            (kind, _) => panic!("{}: a mask of kind {kind:?} does not fit its table", self.place),
        };
        (mask, table)
    }
}
