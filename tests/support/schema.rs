//! The order in which WordprocessingML's elements may stand within their parents (ECMA-376
//! part 1, annex A: `CT_PPrBase`, `CT_RPr`, `CT_TblPr`, `CT_TcPr`, `CT_TrPr`, `CT_SectPr`,
//! `CT_Lvl`, `CT_AbstractNum`, `CT_Style`, `CT_Settings`).

use quick_xml::Reader;
use quick_xml::events::Event;

/// Parent, and the children it may have in their order.
const ORDER: &[(&str, &[&str])] = &[
    ("w:document", &["w:background", "w:body"]),
    ("w:tbl", &["w:bookmarkStart", "w:tblPr", "w:tblGrid", "w:tr"]),
    ("w:tr", &["w:tblPrEx", "w:trPr", "w:tc"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:suppressLineNumbers",
            "w:pBdr",
            "w:shd",
            "w:tabs",
            "w:suppressAutoHyphens",
            "w:kinsoku",
            "w:wordWrap",
            "w:overflowPunct",
            "w:topLinePunct",
            "w:autoSpaceDE",
            "w:autoSpaceDN",
            "w:bidi",
            "w:adjustRightInd",
            "w:snapToGrid",
            "w:spacing",
            "w:ind",
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:textboxTightWrap",
            "w:outlineLvl",
            "w:divId",
            "w:cnfStyle",
            "w:rPr",
            "w:sectPr",
            "w:pPrChange",
        ],
    ),
    ("w:numPr", &["w:ilvl", "w:numId", "w:numberingChange", "w:ins"]),
    (
        "w:rPr",
        &[
            "w:rStyle",
            "w:rFonts",
            "w:b",
            "w:bCs",
            "w:i",
            "w:iCs",
            "w:caps",
            "w:smallCaps",
            "w:strike",
            "w:dstrike",
            "w:outline",
            "w:shadow",
            "w:emboss",
            "w:imprint",
            "w:noProof",
            "w:snapToGrid",
            "w:vanish",
            "w:webHidden",
            "w:color",
            "w:spacing",
            "w:w",
            "w:kern",
            "w:position",
            "w:sz",
            "w:szCs",
            "w:highlight",
            "w:u",
            "w:effect",
            "w:bdr",
            "w:shd",
            "w:fitText",
            "w:vertAlign",
            "w:rtl",
            "w:cs",
            "w:em",
            "w:lang",
            "w:eastAsianLayout",
            "w:specVanish",
            "w:oMath",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblpPr",
            "w:tblOverlap",
            "w:bidiVisual",
            "w:tblStyleRowBandSize",
            "w:tblStyleColBandSize",
            "w:tblW",
            "w:jc",
            "w:tblCellSpacing",
            "w:tblInd",
            "w:tblBorders",
            "w:shd",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
            "w:tblCaption",
            "w:tblDescription",
        ],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:bottom", "w:right"]),
    (
        "w:tcPr",
        &[
            "w:cnfStyle",
            "w:tcW",
            "w:gridSpan",
            "w:hMerge",
            "w:vMerge",
            "w:tcBorders",
            "w:shd",
            "w:noWrap",
            "w:tcMar",
            "w:textDirection",
            "w:tcFitText",
            "w:vAlign",
            "w:hideMark",
        ],
    ),
    (
        "w:sectPr",
        &[
            "w:headerReference",
            "w:footerReference",
            "w:footnotePr",
            "w:endnotePr",
            "w:type",
            "w:pgSz",
            "w:pgMar",
            "w:paperSrc",
            "w:pgBorders",
            "w:lnNumType",
            "w:pgNumType",
            "w:cols",
            "w:formProt",
            "w:vAlign",
            "w:noEndnote",
            "w:titlePg",
            "w:textDirection",
            "w:bidi",
            "w:rtlGutter",
            "w:docGrid",
            "w:printerSettings",
        ],
    ),
    (
        "w:style",
        &[
            "w:name",
            "w:aliases",
            "w:basedOn",
            "w:next",
            "w:link",
            "w:autoRedefine",
            "w:hidden",
            "w:uiPriority",
            "w:semiHidden",
            "w:unhideWhenUsed",
            "w:qFormat",
            "w:locked",
            "w:personal",
            "w:rsid",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
            "w:trPr",
            "w:tcPr",
            "w:tblStylePr",
        ],
    ),
    ("w:styles", &["w:docDefaults", "w:latentStyles", "w:style"]),
    ("w:docDefaults", &["w:rPrDefault", "w:pPrDefault"]),
    ("w:numbering", &["w:numPicBullet", "w:abstractNum", "w:num", "w:numIdMacAtCleanup"]),
    (
        "w:abstractNum",
        &[
            "w:nsid",
            "w:multiLevelType",
            "w:tmpl",
            "w:name",
            "w:styleLink",
            "w:numStyleLink",
            "w:lvl",
        ],
    ),
    ("w:num", &["w:abstractNumId", "w:lvlOverride"]),
    (
        "w:lvl",
        &[
            "w:start",
            "w:numFmt",
            "w:lvlRestart",
            "w:pStyle",
            "w:isLgl",
            "w:suff",
            "w:lvlText",
            "w:lvlPicBulletId",
            "w:legacy",
            "w:lvlJc",
            "w:pPr",
            "w:rPr",
        ],
    ),
    (
        "w:settings",
        &[
            "w:zoom",
            "w:defaultTabStop",
            "w:autoHyphenation",
            "w:compat",
            "w:themeFontLang",
            "w:decimalSymbol",
            "w:listSeparator",
        ],
    ),
];

/// Elements that must stand first in their parent, when they stand there.
const FIRST: &[(&str, &str)] =
    &[("w:p", "w:pPr"), ("w:r", "w:rPr"), ("w:tc", "w:tcPr"), ("w:tr", "w:trPr")];

/// Fails when a part is not well formed or an element stands where the schema has it not.
pub(crate) fn assert_in_order(xml: &str, part: &str) {
    let mut reader = Reader::from_str(xml);
    // Names of the open elements, and the child that was seen last in each.
    let mut open: Vec<(String, Option<String>)> = Vec::new();
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{part}: {error}"));
        match event {
            Event::Eof => break,
            Event::Start(ref it) | Event::Empty(ref it) => {
                let name = it.name().as_ref().to_owned();
                if let Some((parent, last)) = open.last_mut() {
                    check(part, parent, last.as_deref(), &name);
                    *last = Some(name.clone());
                }
                if matches!(event, Event::Start(_)) {
                    open.push((name, None));
                }
            }
            Event::End(_) => {
                let (name, last) = open.pop().unwrap();
                // A cell ends with a paragraph, and so does the body before its section.
                if name == "w:tc" {
                    assert_eq!(last.as_deref(), Some("w:p"), "{part}: the end of a cell");
                }
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{part}: {open:?} is not closed");
}

fn check(part: &str, parent: &str, last: Option<&str>, name: &str) {
    if FIRST.iter().any(|(of, first)| *of == parent && *first == name) {
        assert_eq!(last, None, "{part}: {name} is not the first in {parent}");
    }
    if parent == "w:body" && last == Some("w:sectPr") {
        panic!("{part}: {name} after the body's section");
    }
    let Some((_, order)) = ORDER.iter().find(|(of, _)| *of == parent) else { return };
    let place = |name: &str| {
        let found = order.iter().position(|known| *known == name);
        found.unwrap_or_else(|| panic!("{part}: {name} does not belong in {parent}"))
    };
    let now = place(name);
    if let Some(last) = last {
        assert!(place(last) <= now, "{part}: {last} before {name} in {parent}");
    }
}
