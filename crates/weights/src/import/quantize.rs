//! Blocks of 32 weights in 5 or 8 bits each, as ggml defines them.

use half::f16;

use super::bytes;

/// Weights per block.
pub(super) const BLOCK: usize = 32;

/// How weights are stored in a ggml file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 16-bit floats.
    F16,
    /// 8 bits with one scale per block: the fastest.
    Q8_0,
    /// 5 bits with one scale per block: the smallest.
    Q5_0,
    /// 5 bits with a scale and a minimum per block.
    Q5_1,
}

impl Precision {
    /// Returns the name that ggml gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::F16 => "f16",
            Self::Q8_0 => "q8_0",
            Self::Q5_0 => "q5_0",
            Self::Q5_1 => "q5_1",
        }
    }

    /// Returns the precision that ggml calls `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::F16, Self::Q8_0, Self::Q5_0, Self::Q5_1].into_iter().find(|p| p.name() == name)
    }

    /// Returns ggml's code for tensors of this kind.
    pub(super) fn tensor_type(self) -> i32 {
        match self {
            Self::F16 => 1,
            Self::Q5_0 => 6,
            Self::Q5_1 => 7,
            Self::Q8_0 => 8,
        }
    }

    /// Returns ggml's code for files that mostly hold such tensors; the thousands are the
    /// version of the quantisation.
    pub(super) fn file_type(self) -> usize {
        match self {
            Self::F16 => 1,
            Self::Q8_0 => 2007,
            Self::Q5_0 => 2008,
            Self::Q5_1 => 2009,
        }
    }

    /// Returns the bytes that `count` weights take.
    pub(super) fn bytes(self, count: usize) -> usize {
        match self {
            Self::F16 => count * 2,
            Self::Q8_0 => count / BLOCK * 34,
            Self::Q5_0 => count / BLOCK * 22,
            Self::Q5_1 => count / BLOCK * 24,
        }
    }

    /// Appends `values` to `out`; a last block that is not full is an error of the caller.
    pub(super) fn encode(self, values: &[f32], out: &mut Vec<u8>) {
        // Through 16 bits, so that quantising at once and quantising an f16 file agree.
        let halves = bytes::rounded(values);
        if self == Self::F16 {
            out.reserve(2 * halves.len());
            halves.iter().for_each(|half| out.extend_from_slice(&half.to_le_bytes()));
            return;
        }
        for block in bytes::widened(&halves).as_chunks::<BLOCK>().0 {
            match self {
                Self::F16 | Self::Q8_0 => q8_0(block, out),
                Self::Q5_0 => q5_0(block, out),
                Self::Q5_1 => q5_1(block, out),
            }
        }
    }
}

fn inverse(scale: f32) -> f32 {
    if scale == 0.0 { 0.0 } else { 1.0 / scale }
}

fn q8_0(block: &[f32; BLOCK], out: &mut Vec<u8>) {
    let largest = block.iter().fold(0f32, |most, value| most.max(value.abs()));
    let scale = largest / 127.0;
    let inverse = inverse(scale);
    out.extend(f16::from_f32(scale).to_le_bytes());
    out.extend(block.iter().map(|value| (value * inverse).round() as i8 as u8));
}

fn q5_0(block: &[f32; BLOCK], out: &mut Vec<u8>) {
    let farthest = block.iter().fold(0f32, |far, v| if v.abs() > far.abs() { *v } else { far });
    let scale = farthest / -16.0;
    let inverse = inverse(scale);
    out.extend(f16::from_f32(scale).to_le_bytes());
    five_bits(&block.map(|value| ((value * inverse + 16.5) as i8).min(31) as u8), out);
}

fn q5_1(block: &[f32; BLOCK], out: &mut Vec<u8>) {
    let least = block.iter().copied().fold(f32::INFINITY, f32::min);
    let most = block.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let scale = (most - least) / 31.0;
    let inverse = inverse(scale);
    out.extend(f16::from_f32(scale).to_le_bytes());
    out.extend(f16::from_f32(least).to_le_bytes());
    five_bits(&block.map(|value| ((value - least) * inverse + 0.5) as u8), out);
}

/// Appends the fifth bits as one 32-bit mask, then the lower four, halves of the block
/// interleaved.
fn five_bits(block: &[u8; BLOCK], out: &mut Vec<u8>) {
    let high =
        block.iter().enumerate().fold(0u32, |mask, (n, q)| mask | u32::from(q >> 4 & 1) << n);
    out.extend(high.to_le_bytes());
    let (low, up) = block.split_at(BLOCK / 2);
    out.extend(low.iter().zip(up).map(|(low, up)| low & 15 | (up & 15) << 4));
}

/// Returns the values that blocks of this precision stand for; what is not a whole block at
/// the end is left out.
pub(super) fn decode(precision: Precision, encoded: &[u8]) -> Vec<f32> {
    match precision {
        Precision::F16 => bytes::f16s(encoded),
        Precision::Q8_0 => {
            let blocks = encoded.as_chunks::<34>().0.iter();
            blocks.flat_map(|b| b[2..].iter().map(|q| half(b, 0) * f32::from(*q as i8))).collect()
        }
        Precision::Q5_0 => {
            let blocks = encoded.as_chunks::<22>().0.iter();
            let value = |b: &[u8], n| half(b, 0) * (five(&b[2..], n) - 16.0);
            blocks.flat_map(|b| (0..BLOCK).map(move |n| value(b, n))).collect()
        }
        Precision::Q5_1 => {
            let blocks = encoded.as_chunks::<24>().0.iter();
            let value = |b: &[u8], n| half(b, 0) * five(&b[4..], n) + half(b, 2);
            blocks.flat_map(|b| (0..BLOCK).map(move |n| value(b, n))).collect()
        }
    }
}

fn half(block: &[u8], at: usize) -> f32 {
    f16::from_le_bytes([block[at], block[at + 1]]).to_f32()
}

/// Returns the `n`th five-bit number of a block that starts with its mask.
fn five(block: &[u8], n: usize) -> f32 {
    let nibble = block[4 + n % 16] >> (n / 16 * 4) & 15;
    let high = block[n / 8] >> (n % 8) & 1;
    f32::from(nibble | high << 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(step: f32) -> Vec<f32> {
        (0..64).map(|n| (n as f32 * step).sin() * 0.3).collect()
    }

    #[test]
    fn what_was_quantised_comes_back_within_its_step() {
        for (precision, step) in [
            (Precision::Q8_0, 0.3 / 127.0),
            (Precision::Q5_0, 0.3 / 16.0),
            (Precision::Q5_1, 0.6 / 31.0),
        ] {
            let values = wave(0.37);
            let mut bytes = Vec::new();
            precision.encode(&values, &mut bytes);
            assert_eq!(bytes.len(), precision.bytes(values.len()));
            for (value, back) in values.iter().zip(decode(precision, &bytes)) {
                assert!((value - back).abs() <= step * 1.01, "{precision:?} {value} {back}");
            }
        }
    }

    #[test]
    fn a_block_of_zeros_stays_zeros() {
        for precision in [Precision::Q8_0, Precision::Q5_0, Precision::Q5_1] {
            let mut bytes = Vec::new();
            precision.encode(&[0.0; 32], &mut bytes);
            assert!(decode(precision, &bytes).iter().all(|value| *value == 0.0), "{precision:?}");
        }
    }

    #[test]
    fn a_q8_0_block_has_ggmls_bytes() {
        let mut block = [0.0; 32];
        (block[0], block[1], block[31]) = (127.0, -1.0, 64.4);
        let mut bytes = Vec::new();
        Precision::Q8_0.encode(&block, &mut bytes);
        assert_eq!(bytes[..4], [0x00, 0x3c, 127, 0xff]);
        assert_eq!(bytes[33], 64);
    }

    #[test]
    fn five_bit_blocks_have_ggmls_layout() {
        let mut block = [0.0; 32];
        (block[0], block[16]) = (-16.0, 15.0);
        let mut bytes = Vec::new();
        Precision::Q5_0.encode(&block, &mut bytes);
        // Scale 1, zeros as 16 (fifth bit set), -16 as 0, 15 as 31.
        assert_eq!(bytes[..2], [0x00, 0x3c]);
        assert_eq!(bytes[2..6], 0xffff_fffe_u32.to_le_bytes());
        assert_eq!(bytes[6..8], [0xf0, 0x00]);
    }
}
