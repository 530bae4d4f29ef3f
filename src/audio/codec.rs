//! What Symphonia does not know of the codecs it decodes: Opus, the hidden half of AAC, and where
//! the sound begins.

use std::sync::LazyLock;

use symphonia::core::codecs::audio::AudioCodecParameters;
use symphonia::core::codecs::audio::well_known::CODEC_ID_AAC;
use symphonia::core::codecs::audio::well_known::profiles::{
    CODEC_PROFILE_AAC_HE, CODEC_PROFILE_AAC_HE_V2,
};
use symphonia::core::codecs::registry::CodecRegistry;

/// The sample rate up to which AAC may carry its upper half out of sight (implicit SBR).
const HIDDEN_SBR_HZ: u32 = 24_000;

/// All decoders that are built in.
pub(super) static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut registry = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut registry);
    registry.register_audio_decoder::<symphonia_adapter_libopus::OpusDecoder>();
    registry
});

/// Whether the upper half of AAC sound lies in an extension (SBR) that is not decoded here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sbr {
    /// It does not.
    None,
    /// Only the sound itself would tell.
    Possible,
    /// The header says that it does.
    Declared,
}

/// Returns where the upper half of the sound lies.
pub(super) fn sbr(parameters: &AudioCodecParameters) -> Sbr {
    if parameters.codec != CODEC_ID_AAC {
        return Sbr::None;
    }
    let profile = parameters.profile;
    let kind = parameters.extra_data.as_deref().and_then(|data| data.first()).map(|byte| byte >> 3);
    // MPEG-4 audio object types 5 and 29 are SBR and SBR with parametric stereo.
    let explicit = profile == Some(CODEC_PROFILE_AAC_HE)
        || profile == Some(CODEC_PROFILE_AAC_HE_V2)
        || matches!(kind, Some(5 | 29));
    let low = parameters.sample_rate.is_some_and(|rate| rate <= HIDDEN_SBR_HZ);
    match (explicit, low) {
        (true, _) => Sbr::Declared,
        (false, true) => Sbr::Possible,
        (false, false) => Sbr::None,
    }
}

/// Reads from an Opus header how many frames (48 kHz) come before the sound.
pub(super) fn opus_lead(header: Option<&[u8]>) -> u64 {
    match header {
        Some([b'O', b'p', b'u', b's', b'H', b'e', b'a', b'd', _, _, low, high, ..]) => {
            u64::from(u16::from_le_bytes([*low, *high]))
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aac(first: u8, rate_hz: u32) -> AudioCodecParameters {
        let mut parameters = AudioCodecParameters::new();
        parameters
            .for_codec(CODEC_ID_AAC)
            .with_sample_rate(rate_hz)
            .with_extra_data(Box::from([first, 0x10]));
        parameters
    }

    #[test]
    fn he_aac_is_told_from_plain_aac() {
        assert_eq!(sbr(&aac(5 << 3, 48_000)), Sbr::Declared);
        assert_eq!(sbr(&aac(29 << 3, 48_000)), Sbr::Declared);
        assert_eq!(sbr(&aac(2 << 3, 48_000)), Sbr::None);
        assert_eq!(sbr(&aac(2 << 3, 22_050)), Sbr::Possible);
    }

    #[test]
    fn the_opus_header_gives_the_frames_before_the_sound() {
        assert_eq!(opus_lead(Some(b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0\0\0\0")), 312);
        assert_eq!(opus_lead(Some(b"Opus")), 0);
    }
}
