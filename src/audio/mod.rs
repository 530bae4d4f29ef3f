//! Samples: decoding, resampling, speech detection. Knows no words.
