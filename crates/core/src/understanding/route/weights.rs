//! What was learnt of the way through an agenda: a weight for every value of a way.

/// Number of values of a way.
pub const ROUTE_VALUES: usize =
    ITEM_VALUES + BREAK_VALUES + ORDER_VALUES + STAY_VALUES + END_VALUES;

/// Values of the item that is gone to.
pub(super) const ITEM_VALUES: usize = 18;
/// Values of something beginning, whatever it is.
pub(super) const BREAK_VALUES: usize = 20;
/// Values of the order of items.
pub(super) const ORDER_VALUES: usize = 24;
/// Values of being with an item, at every segment.
pub(super) const STAY_VALUES: usize = 12;
/// Values of a whole way.
pub(super) const END_VALUES: usize = 4;

/// The weights, those of the item gone to first, then those of a beginning, of the order, of being
/// with an item, and of the whole way.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteWeights(pub(super) [f32; ROUTE_VALUES]);

impl RouteWeights {
    /// Returns what is compiled in for a meeting of which nobody's voice is known.
    ///
    /// Learnt from `corpus/` by `referat-eval train route` (2026-11-28).
    pub fn compiled() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads what is compiled in")]
        Self::read(include_bytes!("route.weights")).expect("the weights are well formed")
    }

    /// Returns what is compiled in for a meeting where it is known when somebody speaks who
    /// presents an item.
    ///
    /// Learnt from `corpus/` by `referat-eval train presented` (2026-11-28).
    pub fn compiled_presented() -> Self {
        #[expect(clippy::expect_used, reason = "a test reads what is compiled in")]
        Self::read(include_bytes!("presented.weights")).expect("the weights are well formed")
    }

    /// Returns weights that were learnt; `None` where there are not as many as values.
    pub fn new(weights: &[f32]) -> Option<Self> {
        Some(Self(weights.try_into().ok()?))
    }

    /// Returns the weights.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    /// Reads weights: numbers of four bytes, the lowest first.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let (numbers, rest) = bytes.as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().map(|four| f32::from_le_bytes(*four)).collect();
        if rest.is_empty() { Self::new(&numbers) } else { None }
    }

    /// Writes the weights.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|weight| weight.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compiled_in_is_read_as_it_was_written() {
        let bytes = include_bytes!("route.weights");
        assert_eq!(RouteWeights::compiled().to_bytes(), bytes);
        let presented = include_bytes!("presented.weights");
        assert_eq!(RouteWeights::compiled_presented().to_bytes(), presented);
        assert!(RouteWeights::read(&bytes[1..]).is_none());
    }
}
