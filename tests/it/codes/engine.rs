//! Markets, groups, recipes under projects: what only the compiled structure or a run shows.

use super::{Example, Patch};

/// Examples of this subject.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        code: "E301",
        patches: &[Patch::Added("processes.csv", "burn2,砖厂三线,works,press,,,\n")],
        at: &["processes.csv:3:share", "processes.csv:4:share", "projects.csv:2", "projects.csv:3"],
        also: &[],
    },
    Example {
        code: "E306",
        patches: &[Patch::Added("markets.csv", "material,place,import_limit,unit\nspoil,park,3,t/a\n")],
        at: &["markets.csv:2:import_limit"],
        also: &[],
    },
    Example {
        code: "E308",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,brick,,×,2,\n",
        )],
        at: &["effects.csv:2"],
        also: &[],
    },
    Example {
        code: "E309",
        patches: &[
            Patch::Text("technologies.csv", "reference,called", "reference,called,open"),
            Patch::Text("technologies.csv", "level,,rock,", "level,,rock,,"),
            Patch::Text("technologies.csv", "spoil,brick", "spoil,brick,yes"),
            Patch::Text("recipes.csv", "press,emission,vapour,rest", "press,emission,vapour,0.1"),
            Patch::Added(
                "effects.csv",
                "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,spoil,,×,0,\n",
            ),
        ],
        at: &["effects.csv:2"],
        also: &[],
    },
    Example {
        code: "E310",
        patches: &[
            Patch::Text("recipes.csv", "press,emission,vapour,rest", "press,emission,vapour,0.1"),
            Patch::Added(
                "effects.csv",
                "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,brick,,×,0.5,\n",
            ),
        ],
        at: &["effects.csv:2"],
        also: &[],
    },
    Example {
        code: "E311",
        patches: &[Patch::Text("technologies.csv", "both,utilisation,spoil,brick", "feed,storage,spoil,")],
        at: &["processes.csv:3:treatment", "projects.csv:2", "projects.csv:3"],
        also: &[],
    },
    Example {
        code: "W303",
        patches: &[Patch::Added("markets.csv", "material,place,export_limit,unit\nrock,city,3,t/a\n")],
        at: &["markets.csv:2:sink"],
        also: &[],
    },
    Example {
        code: "W304",
        patches: &[Patch::Added("markets.csv", "material,place,export_limit,unit\nrock,park,3,t/a\n")],
        at: &["markets.csv:2:export_limit"],
        also: &[],
    },
    Example {
        code: "W305",
        patches: &[Patch::Text("demand.csv", "2015,2", "2017,2")],
        at: &["demand.csv:2:year"],
        also: &[],
    },
    Example {
        code: "N050",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,place\n"),
            Patch::Added("processes.csv", "fill,填沟,,press,1,万t/a,1,city\n"),
            Patch::Added("markets.csv", "material,place\nspoil,park\n"),
            Patch::Without("projects.csv"),
            Patch::Without("financing.csv"),
        ],
        at: &["markets.csv:2"],
        also: &[],
    },
    Example {
        code: "N051",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,place\n"),
            Patch::Added("processes.csv", "fill,填沟,,press,1,万t/a,1,city\n"),
            Patch::Added("markets.csv", "material,place,keep_local\nspoil,park,yes\n"),
            Patch::Without("projects.csv"),
            Patch::Without("financing.csv"),
        ],
        at: &["markets.csv:2"],
        also: &[],
    },
    Example {
        code: "W301",
        patches: &[Patch::Text("activity.csv", ",8,", ",12,")],
        at: &["activity.csv:2:level"],
        also: &[],
    },
    Example {
        code: "W505",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,statistic,,,,straw_collectable,×,2,\n",
        )],
        at: &["effects.csv:2"],
        also: &[],
    },
];
