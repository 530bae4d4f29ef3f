//! CAM++: from a second or two of speech to 192 numbers that are alike where the voice is.
//!
//! Two stages: a small picture network over mel bands and time, and a densely connected network
//! over time in which what the whole piece sounds like masks each moment.
//! Shapes after "CAM++: A Fast and Efficient Network for Speaker Verification", 2023.

use crate::features::BANDS;
use crate::folding::{Folding, Scale};
use crate::matrix::{LANES, Packed, Then, Tile, sigmoid};
use referat_weights::tensors::{Refusal, Tensors};

/// Numbers of an embedding.
pub(crate) const SIZE: usize = 192;
/// Channels of the picture network.
const CHANNELS: usize = 32;
/// Zeros before and after each row, so that convolutions may look beyond its ends.
const MARGIN: usize = 4;
/// Layers and spacing of the three dense blocks.
const BLOCKS: [(usize, usize); 3] = [(12, 1), (24, 2), (16, 2)];
/// Channels that a dense layer adds, and that it works with.
const GROWTH: usize = 32;
const BOTTLENECK: usize = 128;
/// Frames over which a mask is the same.
const SEGMENT: usize = 100;

/// The network.
#[derive(Debug)]
pub(crate) struct CampPlus {
    entry: Packed,
    residual: Vec<Residual>,
    exit: Packed,
    shrink: Packed,
    blocks: Vec<(Vec<Dense>, Transit)>,
    last: Scale,
    embedding: Packed,
}

/// Two convolutions and a way around them.
#[derive(Debug)]
struct Residual {
    first: Packed,
    second: Packed,
    around: Option<Packed>,
}

#[derive(Debug)]
struct Dense {
    before: Scale,
    narrow: Packed,
    local: Packed,
    context: Packed,
    mask: Packed,
}

#[derive(Debug)]
struct Transit {
    before: Scale,
    narrow: Packed,
}

/// Channels of a picture or of a row of frames, with margins of zeros.
struct PaddedRows {
    /// Values from one row to the next.
    pitch: usize,
    values: Vec<f32>,
}

impl CampPlus {
    /// Takes the network's weights from `tensors`.
    pub(crate) fn new(tensors: &Tensors) -> Result<Self, Refusal> {
        let net = Folding(tensors);
        let image = |name: &str, norm: &str, inputs, side| {
            net.convolution(name, norm, &[CHANNELS, inputs, side, side])
        };
        let mut residual = Vec::new();
        for layer in ["head.layer1", "head.layer2"] {
            for half in 0..2 {
                residual.push(Residual::new(layer, half, image)?);
            }
        }
        let tdnn = "xvector.tdnn";
        let rows = CHANNELS * BANDS / 8;
        let shrink = net.convolution(
            &format!("{tdnn}.linear"),
            &format!("{tdnn}.nonlinear.batchnorm"),
            &[BOTTLENECK, rows, 5],
        )?;
        let mut channels = BOTTLENECK;
        let mut blocks = Vec::new();
        for (block, (layers, _)) in BLOCKS.into_iter().enumerate() {
            let mut dense = Vec::new();
            for layer in 1..=layers {
                let part = |name: &str| format!("xvector.block{}.tdnnd{layer}.{name}", block + 1);
                let cam = |name: &str| part(&format!("cam_layer.{name}"));
                dense.push(Dense {
                    before: net.scale(&part("nonlinear1.batchnorm"), channels)?,
                    narrow: net.convolution(
                        &part("linear1"),
                        &part("nonlinear2.batchnorm"),
                        &[BOTTLENECK, channels, 1],
                    )?,
                    local: net.plain(&cam("linear_local"), &[GROWTH, BOTTLENECK, 3])?,
                    context: net.plain(&cam("linear1"), &[BOTTLENECK / 2, BOTTLENECK, 1])?,
                    mask: net.plain(&cam("linear2"), &[GROWTH, BOTTLENECK / 2, 1])?,
                });
                channels += GROWTH;
            }
            let part = |name: &str| format!("xvector.transit{}.{name}", block + 1);
            let before = net.scale(&part("nonlinear.batchnorm"), channels)?;
            let narrow = net.plain(&part("linear"), &[channels / 2, channels, 1])?;
            blocks.push((dense, Transit { before, narrow }));
            channels /= 2;
        }
        Ok(Self {
            entry: image("head.conv1", "head.bn1", 1, 3)?,
            residual,
            exit: image("head.conv2", "head.bn2", CHANNELS, 3)?,
            shrink,
            blocks,
            last: net.scale("xvector.out_nonlinear.batchnorm", channels)?,
            embedding: net.convolution(
                "xvector.dense.linear",
                "xvector.dense.nonlinear.batchnorm",
                &[SIZE, 2 * channels, 1],
            )?,
        })
    }

    /// Returns the embedding of a length of 1 of the frames in `features`, or `None` where it
    /// has no direction. At least ten frames are needed.
    pub(crate) fn embed(&self, features: &[f32]) -> Option<Vec<f32>> {
        let frames = features.len() / BANDS;
        let mut embedding = if frames < 10 { return None } else { self.forward(features, frames) };
        let length = embedding.iter().map(|value| value * value).sum::<f32>().sqrt();
        if !(length.is_finite() && length > 0.0) {
            return None;
        }
        embedding.iter_mut().for_each(|value| *value /= length);
        Some(embedding)
    }

    fn forward(&self, features: &[f32], frames: usize) -> Vec<f32> {
        let mut height = BANDS;
        let mut image = PaddedRows::new(BANDS + 2, frames);
        for band in 0..BANDS {
            let values = features.iter().skip(band).step_by(BANDS);
            let mean = values.clone().sum::<f32>() / frames as f32;
            let row = image.row_mut(band + 1, frames);
            row.iter_mut().zip(values).for_each(|(row, value)| *row = value - mean);
        }
        image = convolve(&self.entry, &image, 1, frames, (&mut height, 3, 1), Then::Relu);
        for residual in &self.residual {
            let stride = if residual.around.is_some() { 2 } else { 1 };
            let mut low = height;
            let shape = (&mut low, 3, stride);
            let mut new = convolve(&residual.first, &image, CHANNELS, frames, shape, Then::Relu);
            let shape = (&mut low, 3, 1);
            new = convolve(&residual.second, &new, CHANNELS, frames, shape, Then::Keep);
            if let Some(around) = &residual.around {
                let shape = (&mut height, 1, stride);
                image = convolve(around, &image, CHANNELS, frames, shape, Then::Keep);
            }
            for (new, old) in new.values.iter_mut().zip(&image.values) {
                *new = (*new + old).max(0.0);
            }
            image = new;
        }
        image = convolve(&self.exit, &image, CHANNELS, frames, (&mut height, 3, 2), Then::Relu);
        let (mut rows, frames) = self.shrink(&image, height, frames);
        let mut channels = BOTTLENECK;
        for ((layers, transit), (_, spacing)) in self.blocks.iter().zip(BLOCKS) {
            for layer in layers {
                layer.extend(&mut rows, channels, frames, spacing);
                channels += GROWTH;
            }
            let scaled = transit.before.relu(&rows, frames);
            channels /= 2;
            rows = PaddedRows::new(channels, frames);
            pointwise(&transit.narrow, &scaled, &mut rows, frames, Then::Keep);
        }
        let rows = self.last.relu(&rows, frames);
        let mut statistics = vec![0.0; 2 * channels * LANES];
        for channel in 0..channels {
            let row = rows.row(channel, frames);
            let mean = row.iter().sum::<f32>() / frames as f32;
            let spread = row.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>();
            statistics[channel * LANES] = mean;
            statistics[(channels + channel) * LANES] = (spread / (frames - 1).max(1) as f32).sqrt();
        }
        let places: Vec<usize> = (0..2 * channels).map(|row| row * LANES).collect();
        let mut embedding = vec![0.0; SIZE];
        let tile = std::iter::once(Tile { from: 0, to: 0, columns: 1 });
        self.embedding.multiply(&statistics, &places, tile, (&mut embedding, 1), Then::Keep);
        embedding
    }

    /// Joins channels and bands of the picture, and halves the frames.
    fn shrink(&self, image: &PaddedRows, height: usize, frames: usize) -> (PaddedRows, usize) {
        let half = frames.div_ceil(2);
        let mut split = PaddedRows::new(2 * CHANNELS * height, half);
        for row in 0..CHANNELS * height {
            let (channel, band) = (row / height, row % height);
            let from = image.row(channel * (height + 2) + band + 1, frames);
            for odd in 0..2 {
                let values = from.iter().skip(odd).step_by(2);
                let row = split.row_mut(2 * row + odd, half);
                row.iter_mut().zip(values).for_each(|(row, value)| *row = *value);
            }
        }
        let pitch = split.pitch;
        // The five frames around a frame of even number: every other one is even too.
        let taps = [(0, MARGIN - 1), (1, MARGIN - 1), (0, MARGIN), (1, MARGIN), (0, MARGIN + 1)];
        let places: Vec<usize> = (0..CHANNELS * height)
            .flat_map(|row| taps.map(|(odd, at)| (2 * row + odd) * pitch + at))
            .collect();
        let mut rows = PaddedRows::new(BOTTLENECK, half);
        let output = (&mut rows.values[..], pitch);
        self.shrink.multiply(&split.values, &places, tiles(half), output, Then::Relu);
        (rows, half)
    }
}

impl Residual {
    /// Reads one half of a layer; the way around the first half has a convolution of its own.
    fn new(
        layer: &str,
        half: usize,
        image: impl Fn(&str, &str, usize, usize) -> Result<Packed, Refusal>,
    ) -> Result<Self, Refusal> {
        let part = |name: &str| format!("{layer}.{half}.{name}");
        let around =
            (half == 0).then(|| image(&part("shortcut.0"), &part("shortcut.1"), CHANNELS, 1));
        Ok(Self {
            first: image(&part("conv1"), &part("bn1"), CHANNELS, 3)?,
            second: image(&part("conv2"), &part("bn2"), CHANNELS, 3)?,
            around: around.transpose()?,
        })
    }
}

impl Dense {
    /// Adds this layer's channels to `rows`.
    fn extend(&self, rows: &mut PaddedRows, channels: usize, frames: usize, spacing: usize) {
        let scaled = self.before.relu(rows, frames);
        let mut narrow = PaddedRows::new(BOTTLENECK, frames);
        pointwise(&self.narrow, &scaled, &mut narrow, frames, Then::Relu);
        let pitch = narrow.pitch;
        let places: Vec<usize> = (0..BOTTLENECK)
            .flat_map(|row| [MARGIN - spacing, MARGIN, MARGIN + spacing].map(|at| row * pitch + at))
            .collect();
        rows.values.resize((channels + GROWTH) * pitch, 0.0);
        let new = &mut rows.values[channels * pitch..];
        self.local.multiply(&narrow.values, &places, tiles(frames), (new, pitch), Then::Keep);

        let segments = frames.div_ceil(SEGMENT);
        let mut context = PaddedRows::new(BOTTLENECK, segments);
        for channel in 0..BOTTLENECK {
            let row = narrow.row(channel, frames);
            let mean = row.iter().sum::<f32>() / frames as f32;
            let target = context.row_mut(channel, segments);
            for (target, segment) in target.iter_mut().zip(row.chunks(SEGMENT)) {
                *target = mean + segment.iter().sum::<f32>() / segment.len() as f32;
            }
        }
        let mut hidden = PaddedRows::new(BOTTLENECK / 2, segments);
        pointwise(&self.context, &context, &mut hidden, segments, Then::Relu);
        let mut mask = PaddedRows::new(GROWTH, segments);
        pointwise(&self.mask, &hidden, &mut mask, segments, Then::Keep);
        for channel in 0..GROWTH {
            let row = &mut new[channel * pitch + MARGIN..][..frames];
            for (row, mask) in row.chunks_mut(SEGMENT).zip(mask.row(channel, segments)) {
                let share = sigmoid(*mask);
                row.iter_mut().for_each(|value| *value *= share);
            }
        }
    }
}

impl Scale {
    /// Returns the rows scaled, without what is negative. The margins are not to be read.
    fn relu(&self, rows: &PaddedRows, frames: usize) -> PaddedRows {
        let mut scaled = PaddedRows { pitch: rows.pitch, values: vec![0.0; rows.values.len()] };
        for (channel, (factor, summand)) in self.0.iter().enumerate() {
            let target = scaled.row_mut(channel, frames);
            for (target, value) in target.iter_mut().zip(rows.row(channel, frames)) {
                *target = (value * factor + summand).max(0.0);
            }
        }
        scaled
    }
}

impl PaddedRows {
    fn new(rows: usize, frames: usize) -> Self {
        let pitch = frames.next_multiple_of(LANES) + 2 * MARGIN;
        Self { pitch, values: vec![0.0; rows * pitch] }
    }

    fn row(&self, row: usize, frames: usize) -> &[f32] {
        &self.values[row * self.pitch + MARGIN..][..frames]
    }

    fn row_mut(&mut self, row: usize, frames: usize) -> &mut [f32] {
        &mut self.values[row * self.pitch + MARGIN..][..frames]
    }
}

/// The tiles of a row of frames.
fn tiles(frames: usize) -> impl Iterator<Item = Tile> {
    (0..frames).step_by(LANES).map(move |frame| Tile {
        from: frame,
        to: MARGIN + frame,
        columns: LANES.min(frames - frame),
    })
}

/// Combines the channels of each frame.
fn pointwise(weights: &Packed, from: &PaddedRows, to: &mut PaddedRows, frames: usize, then: Then) {
    let rows = from.values.len() / from.pitch;
    let places: Vec<usize> = (0..rows).map(|row| row * from.pitch + MARGIN).collect();
    weights.multiply(&from.values, &places, tiles(frames), (&mut to.values, to.pitch), then);
}

/// Convolves a picture of which each channel has `height` rows between two of zeros.
fn convolve(
    weights: &Packed,
    image: &PaddedRows,
    inputs: usize,
    frames: usize,
    (height, side, stride): (&mut usize, usize, usize),
    then: Then,
) -> PaddedRows {
    let (pitch, above) = (image.pitch, 1 - side / 2);
    let low = height.div_ceil(stride);
    let places: Vec<usize> = (0..inputs * side * side)
        .map(|tap| {
            let (channel, down, across) = (tap / side / side, tap / side % side, tap % side);
            (channel * (*height + 2) + above + down) * pitch + MARGIN + across - side / 2
        })
        .collect();
    let mut convolved = PaddedRows::new(CHANNELS * (low + 2), frames);
    let tiles = (0..low).flat_map(|row| {
        tiles(frames).map(move |tile| Tile {
            from: row * stride * pitch + tile.from,
            to: (row + 1) * pitch + tile.to,
            columns: tile.columns,
        })
    });
    let output = (&mut convolved.values[..], (low + 2) * pitch);
    weights.multiply(&image.values, &places, tiles, output, then);
    *height = low;
    convolved
}
