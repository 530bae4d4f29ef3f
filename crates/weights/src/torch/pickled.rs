//! The values of a list of tensors, and what the calls mean that stand in it. Some describe a tensor,
//! a few makers of plain values that torch and pyannote write beside tensors give an empty value, and
//! every other is refused.

use std::rc::Rc;

use crate::tensors::Refusal;

/// Where a tensor's values lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Listed {
    /// Which file of the archive.
    pub(super) key: String,
    /// How many values of the file come before the first.
    pub(super) offset: usize,
    /// The lengths of the sides, the slowest first.
    pub(super) shape: Vec<usize>,
}

/// Values nested deeper than this are refused, so that dropping them needs little stack.
pub(super) const DEEPEST: usize = 16;
/// The most sides of a tensor.
const MOST_SIDES: usize = 8;

pub(super) const DEEP: Refusal = Refusal::Damaged("nested too deep");
const NO_TENSOR: Refusal = Refusal::Damaged("a tensor that is none");

#[derive(Debug)]
pub(super) enum Pickled {
    /// Something that no tensor is described with.
    Nothing,
    Mark,
    Number(i64),
    Text(String),
    Maker(Maker),
    Tuple(Vec<Nested>),
    /// What a dictionary holds of tensors: their names, and those of dictionaries in it.
    Dict(Vec<(String, Nested)>),
    Stored {
        key: String,
        floats: bool,
    },
    Tensor(Listed),
}

/// A value, and how deep it is nested.
#[derive(Clone, Debug)]
pub(super) struct Nested {
    pub(super) value: Rc<Pickled>,
    pub(super) depth: usize,
}

/// A function or class that may stand in a list of tensors.
#[derive(Clone, Copy, Debug)]
pub(super) enum Maker {
    Tensor,
    Parameter,
    Dict,
    Floats,
    OtherNumbers,
    /// A plain value of which nothing is needed.
    Plain,
}

/// Returns the function or class of this name; any other is refused.
pub(super) fn maker(module: &str, name: &str) -> Result<Maker, Refusal> {
    Ok(match (module, name) {
        ("torch._utils", "_rebuild_tensor_v2") => Maker::Tensor,
        ("torch._utils", "_rebuild_parameter") => Maker::Parameter,
        ("collections", "OrderedDict") => Maker::Dict,
        ("torch", "FloatStorage") => Maker::Floats,
        (
            "torch",
            "LongStorage" | "IntStorage" | "DoubleStorage" | "HalfStorage" | "BoolStorage"
            | "ByteStorage",
        ) => Maker::OtherNumbers,
        ("torch.torch_version", "TorchVersion")
        | ("pyannote.audio.core.task", "Specifications" | "Problem" | "Resolution") => Maker::Plain,
        _ => return Err(Refusal::Call(format!("{module}.{name}"))),
    })
}

impl Nested {
    pub(super) fn new(value: Pickled) -> Result<Self, Refusal> {
        let depth = match &value {
            Pickled::Tuple(items) => 1 + items.iter().map(|item| item.depth).max().unwrap_or(0),
            _ => 0,
        };
        if depth > DEEPEST { Err(DEEP) } else { Ok(Self { value: Rc::new(value), depth }) }
    }
}

/// Understands where values are stored: `("storage", kind, key, place, count)`.
pub(super) fn stored(id: &Nested) -> Result<Pickled, Refusal> {
    if let Pickled::Tuple(parts) = &*id.value
        && let [_, kind, key, ..] = &parts[..]
        && let (Pickled::Maker(kind), Pickled::Text(key)) = (&*kind.value, &*key.value)
        && !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Ok(Pickled::Stored { key: key.clone(), floats: matches!(kind, Maker::Floats) });
    }
    Err(NO_TENSOR)
}

/// Understands a call.
pub(super) fn make(made_by: &Nested, arguments: &Nested) -> Result<Nested, Refusal> {
    let (Pickled::Maker(maker), Pickled::Tuple(arguments)) = (&*made_by.value, &*arguments.value)
    else {
        return Err(Refusal::Call("a value".into()));
    };
    match (maker, &arguments[..]) {
        (Maker::Tensor, [stored, offset, shape, stride, ..]) => {
            Nested::new(tensor(stored, offset, shape, stride)?)
        }
        (Maker::Parameter, [data, ..]) => Ok(data.clone()),
        (Maker::Dict, _) => Nested::new(Pickled::Dict(Vec::new())),
        (Maker::Plain, _) => Nested::new(Pickled::Nothing),
        _ => Err(NO_TENSOR),
    }
}

/// Understands a tensor. Only values that lie row by row are read.
fn tensor(
    stored: &Nested,
    offset: &Nested,
    shape: &Nested,
    stride: &Nested,
) -> Result<Pickled, Refusal> {
    let Pickled::Stored { key, floats } = &*stored.value else { return Err(NO_TENSOR) };
    if !floats {
        return Ok(Pickled::Nothing);
    }
    let (shape, stride) = (numbers(shape)?, numbers(stride)?);
    let Pickled::Number(offset) = *offset.value else { return Err(NO_TENSOR) };
    let offset = usize::try_from(offset).map_err(|_| NO_TENSOR)?;
    if shape.len() != stride.len() || shape.len() > MOST_SIDES {
        return Err(NO_TENSOR);
    }
    let mut step = 1_usize;
    for (side, stride) in shape.iter().zip(&stride).rev() {
        if *side > 1 && *stride != step {
            return Err(Refusal::Damaged("a tensor that does not lie row by row"));
        }
        step = step.checked_mul(*side).ok_or(Refusal::TooLarge("32 Mi values"))?;
    }
    Ok(Pickled::Tensor(Listed { key: key.clone(), offset, shape }))
}

fn numbers(item: &Nested) -> Result<Vec<usize>, Refusal> {
    let Pickled::Tuple(items) = &*item.value else { return Err(NO_TENSOR) };
    let numbers = items.iter().map(|item| match *item.value {
        Pickled::Number(number) => usize::try_from(number).map_err(|_| NO_TENSOR),
        _ => Err(NO_TENSOR),
    });
    numbers.collect()
}
