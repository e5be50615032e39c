//! A token with its context as one number, so that sorting compares one number.

use super::MAX_ORDER;

/// How a row is packed: `order` digits of `bits` bits each.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub(super) order: usize,
    /// Bits of a digit: enough for every token, the end token among them.
    pub(super) bits: u32,
}

impl Layout {
    /// The layout for tokens up to `end`.
    pub(super) fn new(order: usize, end: u32) -> Self {
        Self { order, bits: u32::BITS - end.leading_zeros().min(u32::BITS - 1) }
    }

    /// A digit of ones.
    fn digit(self) -> u32 {
        ((1u64 << self.bits) - 1) as u32
    }

    /// Bits of a row.
    pub(super) fn width(self) -> u32 {
        self.order as u32 * self.bits
    }
}

/// A token in its context. Digits, from the highest: the token before it, the one before that, …, and at
/// last the token itself. So rows that share a context of any length lie together once they are sorted.
///
/// Where no token is, before the start of a document, a digit is 0. Such digits follow an end token, behind
/// which nobody looks, so no token is mistaken for them.
pub(super) trait Key: Copy + Ord + Send + Sync {
    /// A context without tokens, with token 0.
    const EMPTY: Self;
    /// This context with `token` as the nearest before; the token itself becomes 0, and what is beyond the
    /// order is forgotten.
    fn behind(self, token: u32, layout: Layout) -> Self;
    /// This context, whose own token is 0, with this token.
    fn with(self, token: u32, layout: Layout) -> Self;
    /// Token number `place` before it, 0 for the nearest.
    fn before(self, place: usize, layout: Layout) -> u32;
    /// The token itself.
    fn token(self, layout: Layout) -> u32;
}

/// `Key` for an integer of the language.
macro_rules! integer {
    ($integer:ty) => {
        impl Key for $integer {
            const EMPTY: Self = 0;

            fn behind(self, token: u32, layout: Layout) -> Self {
                if layout.order == 1 {
                    return 0;
                }
                let digit_of_token = ((1 as Self) << layout.bits) - 1;
                let nearest = Self::from(token) << (layout.width() - layout.bits);
                (self >> layout.bits) & !digit_of_token | nearest
            }

            fn with(self, token: u32, _: Layout) -> Self {
                self | Self::from(token)
            }

            fn before(self, place: usize, layout: Layout) -> u32 {
                let below = layout.width() - layout.bits * (place as u32 + 1);
                (self >> below) as u32 & layout.digit()
            }

            fn token(self, layout: Layout) -> u32 {
                self as u32 & layout.digit()
            }
        }
    };
}

integer!(u64);
integer!(u128);

/// For the largest vocabularies at the highest orders: one element a digit, the last one the token.
impl Key for [u32; MAX_ORDER] {
    const EMPTY: Self = [0; MAX_ORDER];

    fn behind(mut self, token: u32, layout: Layout) -> Self {
        self[MAX_ORDER - 1] = 0;
        let kept = layout.order - 1;
        if kept > 0 {
            self.copy_within(0..kept - 1, 1);
            self[0] = token;
        }
        self
    }

    fn with(mut self, token: u32, _: Layout) -> Self {
        self[MAX_ORDER - 1] = token;
        self
    }

    fn before(self, place: usize, _: Layout) -> u32 {
        self[place]
    }

    fn token(self, _: Layout) -> u32 {
        self[MAX_ORDER - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Packs the tokens of a text as a corpus does, and unpacks them.
    fn unpacked<K: Key>(text: &[u32], layout: Layout) -> Vec<Vec<u32>> {
        let mut context = K::EMPTY;
        let mut rows = Vec::new();
        for &token in text {
            let row = context.with(token, layout);
            let mut digits: Vec<u32> = (0..layout.order - 1).map(|place| row.before(place, layout)).collect();
            digits.push(row.token(layout));
            rows.push(digits);
            context = row.behind(token, layout);
        }
        rows
    }

    #[test]
    fn every_width_holds_the_same_tokens_in_the_same_order() {
        let text = [5, 0, 7, 7, 3, 1, 6, 0, 0, 2, 4, 7];
        for order in 1..=MAX_ORDER {
            let layout = Layout::new(order, 7);
            assert_eq!(layout.bits, 3);
            let readable: Vec<Vec<u32>> = (0..text.len())
                .map(|i| {
                    let before = (1..order).map(|back| if back <= i { text[i - back] } else { 0 });
                    before.chain([text[i]]).collect()
                })
                .collect();
            assert_eq!(unpacked::<u64>(&text, layout), readable);
            assert_eq!(unpacked::<u128>(&text, layout), readable);
            assert_eq!(unpacked::<[u32; MAX_ORDER]>(&text, layout), readable);
        }
    }

    #[test]
    fn the_widest_digits_fit() {
        for (end, bits) in [(1, 1), (2, 2), (255, 8), (256, 9), (1 << 24, 25)] {
            let layout = Layout::new(5, end);
            assert_eq!(layout.bits, bits);
            let text = [end, end - 1, end, end, 0, end];
            assert_eq!(unpacked::<u128>(&text, layout), unpacked::<[u32; MAX_ORDER]>(&text, layout));
        }
        // 64 bits to the last one.
        let layout = Layout::new(8, 255);
        assert_eq!(layout.width(), u64::BITS);
        let text = [255; 20];
        assert_eq!(unpacked::<u64>(&text, layout), unpacked::<[u32; MAX_ORDER]>(&text, layout));
    }
}
