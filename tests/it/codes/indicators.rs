//! The model's own indicators.

use super::{Example, Patch};

/// An indicator file without fault.
pub(super) const OWN: &str = r#"set = "own"

[[indicator]]
id = "own-1"
number = "1"
name = "率"
name_en = "rate"
unit = "%"
percent = true
direction = "more"
confidence = "low"
formula = "used / made"

[indicator.terms.used]
name = "用"
name_en = "used"
unit = "t"
flows = ["take", "draw"]
classes = ["straw"]

[indicator.terms.made]
name = "产"
name_en = "made"
unit = "t"
statistic = "straw_collectable"
"#;

/// Examples of this subject.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        code: "E501",
        patches: &[Patch::Text("model.toml", "ce-2017", "ce-2071")],
        at: &["model.toml:6"],
        also: &[],
    },
    Example {
        code: "E502",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = used / made\"")],
        at: &["own.toml:12"],
        also: &[],
    },
    Example {
        code: "E503",
        patches: &[Patch::Own("confidence = \"low\"", "confidance = \"low\"")],
        at: &["own.toml:11:confidance"],
        also: &["E504"],
    },
    Example {
        code: "E504",
        patches: &[Patch::Own("name_en = \"rate\"\nunit = \"%\"", "unit = \"%\"")],
        at: &["own.toml:3"],
        also: &[],
    },
    Example {
        code: "E505",
        patches: &[Patch::Own("direction = \"more\"", "direction = \"better\"")],
        at: &["own.toml:10:direction"],
        also: &[],
    },
    Example {
        code: "E506",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used / / made\"")],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E507",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used / mad\"")],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E508",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"median(used, made)\"")],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E509",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used\"")],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E510",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used / made * 1.2.3\"")],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E511",
        patches: &[Patch::Own(
            "formula = \"used / made\"",
            "formula = \"((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((used / made))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))\"",
        )],
        at: &["own.toml:12:formula"],
        also: &[],
    },
    Example {
        code: "E512",
        patches: &[Patch::Own("id = \"own-1\"", "id = \"ce2017-07\"")],
        at: &["own.toml:3"],
        also: &[],
    },
    Example {
        code: "E513",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used / made + [own-2]\"")],
        at: &["own.toml:3"],
        also: &[],
    },
    Example {
        code: "E514",
        patches: &[Patch::Own("formula = \"used / made\"", "formula = \"used / made + [own-1]\"")],
        at: &["own.toml:3"],
        also: &[],
    },
    Example {
        code: "E515",
        patches: &[Patch::Own("classes = [\"straw\"]\n", "")],
        at: &["own.toml:14:classes"],
        also: &[],
    },
    Example {
        code: "E516",
        patches: &[Patch::Own(
            "classes = [\"straw\"]\n",
            "classes = [\"straw\"]\ntreatments_if = { fill = [\"backfill\"] }\n",
        )],
        at: &["own.toml:20:treatments_if"],
        also: &[],
    },
    Example {
        code: "W501",
        patches: &[Patch::Own("statistic = \"straw_collectable\"", "statistic = \"straw_collected\"")],
        at: &["own.toml:25:statistic"],
        also: &[],
    },
    Example {
        code: "W503",
        patches: &[Patch::Added(
            "statistics.csv",
            "key,place,year,value,unit\nstraw_collectable,city,2015,2,万t\nstraw_used,city,2015,3,万t\n",
        )],
        at: &["", "", "", ""],
        also: &[],
    },
];
