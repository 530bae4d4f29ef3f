//! The list of tensors: a pickle, of which only the part is understood that describes tensors.
//!
//! A pickle is a program for a stack machine that may call any function of Python. This is the
//! machine; [`super::pickled`] knows the few calls that it follows.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::pickled::{DEEP, DEEPEST, Listed, Nested, Pickled, make, maker, stored};
use crate::tensors::Refusal;

/// The most values on the stack, and put aside; the list of CAM++ puts 7,259 aside.
const MOST_ITEMS: usize = 100_000;
const EMPTY: Refusal = Refusal::Damaged("nothing on the stack");
const SHORT: Refusal = Refusal::Damaged("it ends too early");
const NO_TEXT: Refusal = Refusal::Damaged("a text that is none");
const SHARED: Refusal = Refusal::Damaged("a dictionary in two places");

/// Returns the tensors of floats that a pickle lists, those of its `state_dict` where it has one.
pub(super) fn tensors(pickle: &[u8]) -> Result<BTreeMap<String, Listed>, Refusal> {
    let root = Unpickler { left: pickle, stack: Vec::new(), memo: HashMap::new() }.run()?;
    let Pickled::Dict(entries) = &*root.value else {
        return Err(Refusal::Damaged("no dictionary"));
    };
    let inner = entries.iter().find(|(name, _)| name == "state_dict");
    let entries = match inner.map(|(_, item)| &*item.value) {
        Some(Pickled::Dict(entries)) => entries,
        _ => entries,
    };
    let tensors = entries.iter().filter_map(|(name, item)| match &*item.value {
        Pickled::Tensor(listed) => Some((name.clone(), listed.clone())),
        _ => None,
    });
    Ok(tensors.collect())
}

struct Unpickler<'a> {
    left: &'a [u8],
    stack: Vec<Nested>,
    /// What was put aside. Only what does not change any more is kept.
    memo: HashMap<u32, Nested>,
}

impl<'a> Unpickler<'a> {
    fn run(mut self) -> Result<Nested, Refusal> {
        loop {
            match self.byte()? {
                b'.' => return self.pop(),
                0x80 => drop(self.take(1)?),
                0x95 => drop(self.take(8)?),
                code => {
                    let known = self.value(code)?
                        || self.collection(code)?
                        || self.memory(code)?
                        || self.call(code)?;
                    if !known {
                        return Err(Refusal::Instruction(code));
                    }
                }
            }
        }
    }

    /// Follows an instruction that puts a plain value on the stack; tells whether it is one.
    fn value(&mut self, code: u8) -> Result<bool, Refusal> {
        match code {
            b'N' | 0x88 | 0x89 => self.push(Pickled::Nothing)?,
            b'G' => {
                self.take(8)?;
                self.push(Pickled::Nothing)?;
            }
            b'K' => {
                let number = i64::from(self.byte()?);
                self.push(Pickled::Number(number))?;
            }
            b'M' => {
                let bytes = self.take(2)?;
                self.push(Pickled::Number(i64::from(u16::from_le_bytes([bytes[0], bytes[1]]))))?;
            }
            b'J' => {
                let number = i64::from(self.word()? as i32);
                self.push(Pickled::Number(number))?;
            }
            0x8a => {
                let length = usize::from(self.byte()?);
                let mut bytes = [0; 8];
                let given = self.take(length)?;
                bytes
                    .get_mut(..length)
                    .ok_or(Refusal::Damaged("a number too long"))?
                    .copy_from_slice(given);
                self.push(Pickled::Number(i64::from_le_bytes(bytes)))?;
            }
            b'X' => {
                let length = self.word()? as usize;
                self.text(length)?;
            }
            0x8c => {
                let length = usize::from(self.byte()?);
                self.text(length)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Follows an instruction that makes or fills a tuple, a list or a dictionary; tells whether it
    /// is one.
    fn collection(&mut self, code: u8) -> Result<bool, Refusal> {
        match code {
            b'(' => self.push(Pickled::Mark)?,
            b')' => self.push(Pickled::Tuple(Vec::new()))?,
            b't' => {
                let items = self.since_mark()?;
                self.push(Pickled::Tuple(items))?;
            }
            code @ 0x85..=0x87 => {
                let from = self.stack.len().checked_sub(usize::from(code - 0x84));
                let items = self.stack.split_off(from.ok_or(EMPTY)?);
                self.push(Pickled::Tuple(items))?;
            }
            b']' => self.push(Pickled::Nothing)?,
            b'a' => drop(self.pop()?),
            b'e' => drop(self.since_mark()?),
            b'}' => self.push(Pickled::Dict(Vec::new()))?,
            b's' => {
                let (value, key) = (self.pop()?, self.pop()?);
                self.set(vec![key, value])?;
            }
            b'u' => {
                let items = self.since_mark()?;
                self.set(items)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Follows an instruction that puts a value aside or takes it up again; tells whether it is one.
    fn memory(&mut self, code: u8) -> Result<bool, Refusal> {
        match code {
            b'q' => {
                let place = u32::from(self.byte()?);
                self.keep(place)?;
            }
            b'r' => {
                let place = self.word()?;
                self.keep(place)?;
            }
            0x94 => self.keep(self.memo.len() as u32)?,
            b'h' => {
                let place = u32::from(self.byte()?);
                self.recall(place)?;
            }
            b'j' => {
                let place = self.word()?;
                self.recall(place)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Follows an instruction that names, calls or completes; tells whether it is one.
    fn call(&mut self, code: u8) -> Result<bool, Refusal> {
        match code {
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Pickled::Maker(maker(module, name)?))?;
            }
            0x93 => {
                let (name, module) = (self.pop()?, self.pop()?);
                let (Pickled::Text(module), Pickled::Text(name)) = (&*module.value, &*name.value)
                else {
                    return Err(Refusal::Damaged("a name that is no text"));
                };
                self.push(Pickled::Maker(maker(module, name)?))?;
            }
            b'Q' => {
                let stored = stored(&self.pop()?)?;
                self.push(stored)?;
            }
            b'R' | 0x81 => {
                let (arguments, made_by) = (self.pop()?, self.pop()?);
                let made = make(&made_by, &arguments)?;
                self.push_item(made)?;
            }
            // The state of a plain value, or a dictionary's own attributes.
            b'b' => drop(self.pop()?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Refusal> {
        let (taken, left) = self.left.split_at_checked(count).ok_or(SHORT)?;
        self.left = left;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Refusal> {
        Ok(self.take(1)?[0])
    }

    fn word(&mut self) -> Result<u32, Refusal> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    fn text(&mut self, length: usize) -> Result<(), Refusal> {
        let text = std::str::from_utf8(self.take(length)?).map_err(|_| NO_TEXT)?.to_owned();
        self.push(Pickled::Text(text))
    }

    fn push(&mut self, value: Pickled) -> Result<(), Refusal> {
        let item = Nested::new(value)?;
        self.push_item(item)
    }

    fn push_item(&mut self, item: Nested) -> Result<(), Refusal> {
        if self.stack.len() >= MOST_ITEMS {
            return Err(Refusal::TooLarge("100,000 values at a time"));
        }
        self.stack.push(item);
        Ok(())
    }

    fn pop(&mut self) -> Result<Nested, Refusal> {
        self.stack.pop().ok_or(EMPTY)
    }

    fn since_mark(&mut self) -> Result<Vec<Nested>, Refusal> {
        let mark = self.stack.iter().rposition(|item| matches!(*item.value, Pickled::Mark));
        let items = self.stack.split_off(mark.ok_or(EMPTY)? + 1);
        self.stack.pop();
        Ok(items)
    }

    /// Puts keys and values into the dictionary on the stack; those of other things are dropped.
    fn set(&mut self, items: Vec<Nested>) -> Result<(), Refusal> {
        let target = self.stack.last_mut().ok_or(EMPTY)?;
        if !matches!(*target.value, Pickled::Dict(_)) {
            return Ok(());
        }
        let Pickled::Dict(entries) = Rc::get_mut(&mut target.value).ok_or(SHARED)? else {
            return Ok(());
        };
        let (pairs, rest) = items.as_chunks::<2>();
        if !rest.is_empty() {
            return Err(Refusal::Damaged("a key without a value"));
        }
        for [key, value] in pairs {
            if let Pickled::Text(name) = &*key.value
                && let Pickled::Tensor(_) | Pickled::Dict(_) = *value.value
            {
                target.depth = target.depth.max(value.depth + 1);
                entries.push((name.clone(), value.clone()));
            }
        }
        if target.depth > DEEPEST { Err(DEEP) } else { Ok(()) }
    }

    fn keep(&mut self, place: u32) -> Result<(), Refusal> {
        let item = self.stack.last().ok_or(EMPTY)?;
        // A dictionary still changes; nothing that is needed refers to one.
        let kept = match *item.value {
            Pickled::Dict(_) => Nested::new(Pickled::Nothing)?,
            _ => item.clone(),
        };
        self.memo.insert(place, kept);
        if self.memo.len() > MOST_ITEMS {
            Err(Refusal::TooLarge("100,000 values aside"))
        } else {
            Ok(())
        }
    }

    fn recall(&mut self, place: u32) -> Result<(), Refusal> {
        let item = self.memo.get(&place).ok_or(Refusal::Damaged("nothing was put aside"))?;
        self.push_item(item.clone())
    }

    fn line(&mut self) -> Result<&'a str, Refusal> {
        let end = self.left.iter().position(|byte| *byte == b'\n').ok_or(SHORT)?;
        let line = std::str::from_utf8(&self.left[..end]).map_err(|_| NO_TEXT)?;
        self.left = &self.left[end + 1..];
        Ok(line)
    }
}

#[cfg(test)]
pub(super) mod tests;
