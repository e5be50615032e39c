//! Room for intermediate results, which a thread keeps for the next of them.
//!
//! A page that is new has to be found and cleared by the system. Where every layer asks for megabytes and gives them
//! back, that takes as long as a tenth of the arithmetic of a language model.

use std::cell::RefCell;
use std::ops::{Deref, DerefMut};

/// Rooms that a thread keeps, and numbers in all of them: beyond these a room is given back to the system.
const ROOMS: usize = 16;
const NUMBERS: usize = 1 << 23;

thread_local! {
    static SPARE: RefCell<Vec<Vec<f32>>> = const { RefCell::new(Vec::new()) };
}

/// As many numbers as were asked for; what they are is not said.
pub(crate) struct Scratch {
    all: Vec<f32>,
    len: usize,
}

impl Scratch {
    pub(crate) fn new(len: usize) -> Scratch {
        let mut all = SPARE.with_borrow_mut(|spare| take(spare, len)).unwrap_or_default();
        if all.len() < len {
            all.resize(len, 0.0);
        }
        // Whoever reads what was not written shall see it.
        if cfg!(debug_assertions) {
            all[..len].fill(f32::NAN);
        }
        Scratch { all, len }
    }

    pub(crate) fn zeros(len: usize) -> Scratch {
        let mut zeros = Self::new(len);
        zeros.fill(0.0);
        zeros
    }

    pub(crate) fn copy(from: &[f32]) -> Scratch {
        let mut copy = Self::new(from.len());
        copy.copy_from_slice(from);
        copy
    }
}

/// The smallest that is large enough, or the largest.
fn take(spare: &mut Vec<Vec<f32>>, len: usize) -> Option<Vec<f32>> {
    let enough = (0..spare.len()).filter(|&i| spare[i].len() >= len).min_by_key(|&i| spare[i].len());
    let best = enough.or_else(|| (0..spare.len()).max_by_key(|&i| spare[i].len()))?;
    Some(spare.swap_remove(best))
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let all = std::mem::take(&mut self.all);
        // A thread that ends has no place for it any more.
        let _ = SPARE.try_with(|spare| {
            if let Ok(mut spare) = spare.try_borrow_mut()
                && spare.len() < ROOMS
                && !all.is_empty()
                && all.len() + spare.iter().map(Vec::len).sum::<usize>() <= NUMBERS
            {
                spare.push(all);
            }
        });
    }
}

impl Deref for Scratch {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        &self.all[..self.len]
    }
}

impl DerefMut for Scratch {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.all[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_back_is_lent_again() {
        let first = Scratch::copy(&[1.0, 2.0, 3.0]);
        let place = first.as_ptr();
        drop(first);
        let second = Scratch::zeros(2);
        assert_eq!((&second[..], second.as_ptr()), (&[0.0, 0.0][..], place));
        // It is taken now: another one is made, and grows.
        assert_eq!(Scratch::zeros(5)[..], [0.0; 5]);
        assert_eq!(Scratch::zeros(7)[..], [0.0; 7]);
        assert!(Scratch::new(0).is_empty());
    }

    #[test]
    fn a_thread_keeps_only_so_much() {
        let kept = || SPARE.with_borrow(|spare| (spare.len(), spare.iter().map(Vec::len).sum::<usize>()));
        drop(Scratch::new(NUMBERS + 1));
        assert_eq!(kept(), (0, 0));
        let two = [Scratch::new(NUMBERS / 2), Scratch::new(NUMBERS / 2 + 1)];
        drop(two);
        assert_eq!(kept(), (1, NUMBERS / 2));
        let many: Vec<Scratch> = (1..40).map(Scratch::new).collect();
        drop(many);
        assert!(kept().0 == ROOMS && kept().1 <= NUMBERS);
    }
}
