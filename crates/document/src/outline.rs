//! The levels of a document's headings as a format for screen readers wants them: the title is
//! 1, and no level is skipped on the way down.

use crate::document::Block;

/// Returns the level of each heading, in order.
pub(super) fn levels(blocks: &[Block]) -> Vec<u8> {
    let mut levels = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        let Block::Heading { level, .. } = block else { continue };
        let wanted = if index == 0 && *level == 1 { 1 } else { level + 1 };
        let above = levels.last().copied().unwrap_or(0);
        levels.push(wanted.clamp(1, above + 1).min(6));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_is_skipped_on_the_way_down() {
        let heading = |level| Block::Heading { level, text: "x".into(), bold: false };
        let blocks: Vec<Block> = [1, 1, 2, 3, 2, 5].into_iter().map(heading).collect();
        assert_eq!(levels(&blocks), [1, 2, 3, 4, 3, 4]);
        assert_eq!(levels(&[heading(3)]), [1]);
    }
}
