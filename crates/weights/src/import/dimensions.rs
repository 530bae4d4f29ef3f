//! The shape of a Whisper model, and what follows from it.

/// The numbers that fix every tensor's shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dimensions {
    pub(super) vocabulary: usize,
    pub(super) audio_context: usize,
    pub(super) audio_state: usize,
    pub(super) audio_layers: usize,
    pub(super) text_context: usize,
    pub(super) text_state: usize,
    pub(super) text_layers: usize,
    pub(super) mels: usize,
}

impl Dimensions {
    /// Every head of every Whisper model is this wide.
    pub(super) const HEAD: usize = 64;

    /// Returns the name that models of this shape have.
    pub(super) fn architecture(self) -> String {
        let size = match (self.audio_state, self.audio_layers) {
            (384, 4) => "tiny",
            (512, 6) => "base",
            (768, 12) => "small",
            (1024, 24) => "medium",
            (1280, 32) if self.mels == 128 && self.text_layers == 4 => "large-v3-turbo",
            (1280, 32) if self.mels == 128 => "large-v3",
            (1280, 32) => "large",
            _ => "of a size of its own",
        };
        let distilled = self.text_layers < self.audio_layers && size != "large-v3-turbo";
        let english = if self.vocabulary == 51_864 { ".en" } else { "" };
        let decoder = if distilled { ", small decoder" } else { "" };
        format!("whisper-{size}{english}{decoder}")
    }

    /// Returns the dimensions if a Whisper model can have them, else why not.
    pub(super) fn checked(self) -> Result<Self, String> {
        let refuse = |what: &str, found: usize, wanted: &str| {
            Err(format!("it is no Whisper model: {what} is {found}, not {wanted}"))
        };
        match self {
            Self { vocabulary: n, .. } if !(51_864..=51_866).contains(&n) => {
                refuse("the vocabulary", n, "51864, 51865 or 51866")
            }
            Self { audio_context: n, .. } if n != 1500 => refuse("the audio context", n, "1500"),
            Self { text_context: n, .. } if n != 448 => refuse("the text context", n, "448"),
            Self { mels: n, .. } if n != 80 && n != 128 => refuse("the mel bands", n, "80 or 128"),
            Self { audio_state: n, .. } if n == 0 || n % Self::HEAD != 0 || n > 2048 => {
                refuse("the width", n, "a multiple of 64 up to 2048")
            }
            Self { text_state: n, audio_state, .. } if n != audio_state => {
                refuse("the decoder's width", n, &audio_state.to_string())
            }
            Self { audio_layers: n, .. } if n == 0 || n > 64 => {
                refuse("the number of encoder layers", n, "1 to 64")
            }
            Self { text_layers: n, .. } if n == 0 || n > 64 => {
                refuse("the number of decoder layers", n, "1 to 64")
            }
            _ => Ok(self),
        }
    }
}

/// Returns how many tokens of a vocabulary are words: the English one has one less.
pub(super) fn ordinary_tokens(vocabulary: usize) -> usize {
    if vocabulary == 51_864 { 50_256 } else { 50_257 }
}

/// Returns Whisper's fixed encoder positions: sines, then cosines, of wavelengths from 2π to
/// 10,000 · 2π.
pub(super) fn sinusoids(length: usize, channels: usize) -> Vec<f32> {
    let half = channels / 2;
    let step = 10_000f64.ln() / (half.max(2) - 1) as f64;
    let mut values = Vec::with_capacity(length * channels);
    for position in 0..length {
        let angle = |n: usize| position as f64 * (-step * n as f64).exp();
        values.extend((0..half).map(|n| angle(n).sin() as f32));
        values.extend((0..half).map(|n| angle(n).cos() as f32));
    }
    values
}
