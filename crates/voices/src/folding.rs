//! Weights of convolutions with the normalisation that follows them folded in.

use crate::matrix::Packed;
use referat_weights::tensors::{Refusal, Tensors};

/// What is added to variances before they divide.
const EPSILON: f64 = 1e-5;

/// A factor and a summand for each channel.
#[derive(Debug)]
pub(crate) struct Scale(pub(crate) Vec<(f32, f32)>);

/// Takes weights out of tensors, normalisation folded in.
pub(crate) struct Folding<'a>(pub(crate) &'a Tensors);

impl Folding<'_> {
    /// The normalisation called `norm`, as a factor and a summand.
    pub(crate) fn scale(&self, norm: &str, channels: usize) -> Result<Scale, Refusal> {
        let get = |name: &str| self.0.get(&format!("{norm}.{name}"), &[channels]);
        let (mean, variance) = (get("running_mean")?, get("running_var")?);
        let learnt = self.0.has(&format!("{norm}.weight"));
        let learnt = if learnt { Some((get("weight")?, get("bias")?)) } else { None };
        let scale = (0..channels).map(|channel| {
            let (weight, bias) =
                learnt.map_or((1.0, 0.0), |(weight, bias)| (weight[channel], bias[channel]));
            let factor = f64::from(weight) / (f64::from(variance[channel]) + EPSILON).sqrt();
            let summand = f64::from(bias) - f64::from(mean[channel]) * factor;
            (factor as f32, summand as f32)
        });
        Ok(Scale(scale.collect()))
    }

    /// A convolution that is normalised afterwards.
    pub(crate) fn convolution(
        &self,
        name: &str,
        norm: &str,
        shape: &[usize],
    ) -> Result<Packed, Refusal> {
        let depth = shape[1..].iter().product();
        let scale = self.scale(norm, shape[0])?.0;
        let values = self.0.get(&format!("{name}.weight"), shape)?;
        let scaled: Vec<f32> = values
            .chunks_exact(depth)
            .zip(&scale)
            .flat_map(|(row, (factor, _))| row.iter().map(move |value| value * factor))
            .collect();
        Ok(Packed::new(&scaled, depth, scale.into_iter().map(|(_, summand)| summand).collect()))
    }

    /// A convolution as it is, with its constants where it has any.
    pub(crate) fn plain(&self, name: &str, shape: &[usize]) -> Result<Packed, Refusal> {
        let depth = shape[1..].iter().product();
        let values = self.0.get(&format!("{name}.weight"), shape)?;
        let bias = format!("{name}.bias");
        let bias = if self.0.has(&bias) {
            self.0.get(&bias, &shape[..1])?.to_vec()
        } else {
            vec![0.0; shape[0]]
        };
        Ok(Packed::new(values, depth, bias))
    }
}
