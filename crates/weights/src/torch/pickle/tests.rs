//! Pickles that are read, and those that are refused.

use super::*;

fn text(text: &str) -> Vec<u8> {
    let mut bytes = vec![b'X'];
    bytes.extend((text.len() as u32).to_le_bytes());
    bytes.extend(text.bytes());
    bytes
}

fn sides(sides: &[usize]) -> Vec<u8> {
    let mut bytes = vec![b'('];
    for side in sides {
        bytes.push(b'J');
        bytes.extend((*side as u32).to_le_bytes());
    }
    bytes.push(b't');
    bytes
}

/// A list of one tensor, `w`, whose values are in the file `7`.
pub(in super::super) fn listing(offset: u32, shape: &[usize]) -> Vec<u8> {
    let mut stride: Vec<usize> = vec![1; shape.len()];
    for side in (1..shape.len()).rev() {
        stride[side - 1] = stride[side] * shape[side];
    }
    let mut bytes = b"\x80\x02}(".to_vec();
    bytes.extend(text("w"));
    bytes.extend(b"ctorch._utils\n_rebuild_tensor_v2\n((");
    bytes.extend(text("storage"));
    bytes.extend(b"ctorch\nFloatStorage\n");
    bytes.extend(text("7"));
    bytes.extend(text("cpu"));
    bytes.extend(b"K\x07tQJ");
    bytes.extend(offset.to_le_bytes());
    bytes.extend(sides(shape));
    bytes.extend(sides(&stride));
    bytes.extend(b"\x89ccollections\nOrderedDict\n)RtRu.");
    bytes
}

#[test]
fn a_list_of_tensors_is_understood() {
    let listed = Listed { key: "7".into(), offset: 5, shape: vec![2, 3] };
    let wanted = BTreeMap::from([("w".to_owned(), listed)]);
    assert_eq!(tensors(&listing(5, &[2, 3])), Ok(wanted));
}

#[test]
fn calls_of_other_functions_are_refused() {
    let system = b"\x80\x02cos\nsystem\n(X\x02\x00\x00\x00lstR.";
    assert_eq!(tensors(system), Err(Refusal::Call("os.system".into())));
    let eval = b"\x80\x04\x8c\x08builtins\x8c\x04eval\x93(X\x01\x00\x00\x001tR.";
    assert_eq!(tensors(eval), Err(Refusal::Call("builtins.eval".into())));
    let text = b"\x80\x02X\x01\x00\x00\x00f)R.";
    assert_eq!(tensors(text), Err(Refusal::Call("a value".into())));
}

#[test]
fn instructions_that_tensors_do_not_need_are_refused() {
    // INST, OBJ, EXT1, NEWOBJ_EX, and numbers as lines of text.
    for code in [b'i', b'o', 0x82, 0x92, b'I'] {
        assert_eq!(tensors(&[0x80, 2, code]), Err(Refusal::Instruction(code)));
    }
}

#[test]
fn a_list_that_ends_anywhere_is_refused() {
    let whole = listing(0, &[4]);
    for end in 0..whole.len() {
        assert!(tensors(&whole[..end]).is_err(), "{end}");
    }
}

#[test]
fn values_nested_without_end_are_refused() {
    let mut bytes = b"\x80\x02)".to_vec();
    bytes.extend(std::iter::repeat_n(0x85, 1_000_000));
    bytes.push(b'.');
    assert_eq!(tensors(&bytes), Err(DEEP));
}

#[test]
fn a_file_outside_the_archive_cannot_be_named() {
    let bytes = listing(0, &[1]);
    let at = bytes.windows(6).position(|w| w == b"\x01\x00\x00\x007X").unwrap();
    let mut other = bytes.clone();
    other[at + 4] = b'.';
    assert!(tensors(&other).is_err());
}
