//! Which pieces begin where.

use super::super::corpus::in_order;
use super::super::formula::{self, LEAST_COUNT};
use super::pieces::Pieces;
use super::text::Text;

/// For each place of the text the pieces of two characters or more that stand there.
pub(in super::super) struct Lattice {
    pub(super) text: Text,
    /// Where the pieces of each place begin in `ids`, and the end of all.
    pub(super) first: Vec<usize>,
    /// Their numbers, the shorter piece first.
    pub(super) ids: Vec<u32>,
}

impl Lattice {
    /// The pieces of two characters or more that begin at a place, the shorter first.
    pub(super) fn at(&self, place: usize) -> &[u32] {
        &self.ids[self.first[place]..self.first[place + 1]]
    }

    /// The piece of the character at a place.
    pub(super) fn character(&self, place: usize) -> usize {
        self.text.chars[place] as usize - 1
    }

    /// Takes all pieces away that do not stay, here and in the model. Returns how many.
    pub(in super::super) fn keep(&mut self, model: &mut Pieces, stays: &[bool]) -> usize {
        let before = model.len();
        let mut number = 0;
        let numbers: Vec<Option<u32>> = stays
            .iter()
            .map(|&stays| {
                let this = stays.then_some(number);
                number += u32::from(stays);
                this
            })
            .collect();
        if number as usize == before {
            return 0;
        }
        model.retain(stays);
        let mut to = 0;
        let mut from = 0;
        for end in &mut self.first[1..] {
            for i in from..*end {
                if let Some(id) = numbers[self.ids[i] as usize] {
                    self.ids[to] = id;
                    to += 1;
                }
            }
            from = *end;
            *end = to;
        }
        self.ids.truncate(to);
        before - model.len()
    }
    /// The pieces as text with their shares of the counts.
    pub(in super::super) fn result(&self, model: &Pieces, counts: &[f64]) -> Vec<(String, f64)> {
        let places = model.places.iter().zip(&model.lengths);
        let spelled = places.map(|(&at, &chars)| self.text.spell(at as usize, chars as usize));
        in_order(spelled.zip(formula::shares(counts, LEAST_COUNT)).collect())
    }
}
