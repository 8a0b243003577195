//! Scenarios, changes, and money.

use super::{Example, Patch};

/// Examples of this subject.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        code: "E142",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added("mixes.csv", "project,plain,other\nline2,build,maybe\n"),
        ],
        at: &["mixes.csv:2:other"],
        also: &[],
    },
    Example {
        code: "E143",
        patches: &[Patch::Added("scenarios.csv", "id,name,why,base\na,甲,看,yes\nb,乙,比,yes\n")],
        at: &["scenarios.csv:3:base"],
        also: &[],
    },
    Example {
        code: "E144",
        patches: &[Patch::Added("scenarios.csv", "id,name,why,based_on\na,甲,看,b\nb,乙,比,a\n")],
        at: &["scenarios.csv:2:based_on", "scenarios.csv:3:based_on"],
        also: &[],
    },
    Example {
        code: "E151",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demands,material=brick,quantity,×,1.5,\n",
            ),
        ],
        at: &["changes.csv:2:table"],
        also: &[],
    },
    Example {
        code: "E152",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,material=brick,amount,×,1.5,\n",
            ),
        ],
        at: &["changes.csv:2:column"],
        also: &[],
    },
    Example {
        code: "E153",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,processes,id=burn,priority,=,1,\n",
            ),
        ],
        at: &["changes.csv:2:column"],
        also: &[],
    },
    Example {
        code: "E154",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,brick,quantity,×,1.5,\n",
            ),
        ],
        at: &["changes.csv:2:row"],
        also: &[],
    },
    Example {
        code: "E155",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,projects,*,investment,×,1.5,2016\n",
            ),
        ],
        at: &["changes.csv:2:years"],
        also: &[],
    },
    Example {
        code: "E156",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,*,quantity,×,1.5,soon\n",
            ),
        ],
        at: &["changes.csv:2:years"],
        also: &[],
    },
    Example {
        code: "E157",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,material=steel,quantity,×,1.5,\n",
            ),
        ],
        at: &["changes.csv:2:row"],
        also: &[],
    },
    Example {
        code: "E158",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,processes,id=burn,capacity,×,1.5,\n",
            ),
            Patch::Text("processes.csv", "press,1,万t/a", "press,,"),
        ],
        at: &["changes.csv:2:value"],
        also: &[],
    },
    Example {
        code: "E159",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,*,quantity,×,-1,\n",
            ),
        ],
        at: &["changes.csv:2:value"],
        also: &[],
    },
    Example {
        code: "E160",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,financing,project=line2;fund=own,amount,=,70,\n",
            ),
        ],
        at: &["changes.csv"],
        also: &["E401"],
    },
    Example {
        code: "E161",
        patches: &[
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added(
                "changes.csv",
                "scenario,table,row,column,operation,value,years\nother,demand,*,quantity,×,1.5,2016\n",
            ),
            Patch::Text("demand.csv", "2015,2,", "2015,2±0.1,"),
        ],
        at: &["changes.csv:2:years"],
        also: &[],
    },
    Example {
        code: "E141",
        patches: &[
            Patch::Text(
                "funds.csv",
                "eligible_classes,eligible_places\n",
                "eligible_classes,eligible_places,matching_rule\n",
            ),
            Patch::Text("funds.csv", "municipal,city,no,,", "municipal,city,no,,,nort_fund"),
        ],
        at: &["funds.csv:2:matching_rule"],
        also: &[],
    },
    Example {
        code: "E401",
        patches: &[Patch::Text("financing.csv", "line2,town,40", "line2,town,41")],
        at: &["projects.csv:2:investment"],
        also: &[],
    },
    Example {
        code: "E402",
        patches: &[Patch::Text("funds.csv", "municipal,city,no,,", "municipal,city,no,general,")],
        at: &["financing.csv:2:fund"],
        also: &[],
    },
    Example {
        code: "E403",
        patches: &[
            Patch::Added("places.csv", "south,南县,county,city\n"),
            Patch::Text("funds.csv", "municipal,city,no,,", "municipal,city,no,,south"),
        ],
        at: &["financing.csv:2:fund"],
        also: &[],
    },
    Example {
        code: "E404",
        patches: &[Patch::Added("relations.csv", "project,kind,others\nline2,needs,line2\n")],
        at: &["relations.csv:2:others"],
        also: &[],
    },
    Example {
        code: "E405",
        patches: &[Patch::Text("duties.csv", "north,north_fund", "park,north_fund")],
        at: &["duties.csv:2:fund"],
        also: &[],
    },
    Example {
        code: "E407",
        patches: &[Patch::Added("relations.csv", "project,kind,others\nline2,excludes,line3\n")],
        at: &["relations.csv:2:others"],
        also: &[],
    },
    Example {
        code: "E408",
        patches: &[
            Patch::Added("relations.csv", "project,kind,others\nline2,needs_one_of,line3\n"),
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added("mixes.csv", "scenario,project,decision\nother,line3,skip\n"),
        ],
        at: &["relations.csv:2:others"],
        also: &[],
    },
    Example {
        code: "E409",
        patches: &[Patch::Text(
            "financing.csv",
            "40,with_progress",
            "40,\"instalments(3:30%, 9:20%, 12:100%)\"",
        )],
        at: &["financing.csv:2:payment"],
        also: &[],
    },
    Example {
        code: "E410",
        patches: &[
            Patch::Text("funds.csv", "eligible_places\n", "eligible_places,matching_rule\n"),
            Patch::Text("funds.csv", "municipal,city,no,,", "municipal,city,no,,,town"),
        ],
        at: &["funds.csv:2:matching_rule"],
        also: &[],
    },
    Example {
        code: "W401",
        patches: &[
            Patch::Text("projects.csv", "build_months", "build_months,eligible_investment"),
            Patch::Text("projects.csv", "2016-01,12\nline3", "2016-01,12,30\nline3"),
        ],
        at: &["projects.csv:2:eligible_investment"],
        also: &[],
    },
    Example {
        code: "W402",
        patches: &[
            Patch::Added("funds.csv", "spare,备用,provincial,city,no,,\n"),
            Patch::Added("appropriations.csv", "spare,2016-03,50,paid_in\n"),
        ],
        at: &["appropriations.csv:3:fund"],
        also: &[],
    },
    Example {
        code: "W403",
        patches: &[Patch::Text("financing.csv", "line2,town,40", "line2,town,39")],
        at: &["projects.csv:2:investment"],
        also: &[],
    },
    Example {
        code: "W404",
        patches: &[
            Patch::Added("relations.csv", "project,kind,others\nline2,needs,line3\n"),
            Patch::Added("scenarios.csv", "id,name,why\nplain,原样,看\nother,变动,比\n"),
            Patch::Added("mixes.csv", "scenario,project,decision\nother,line3,skip\n"),
        ],
        at: &["relations.csv:2:others"],
        also: &[],
    },
    Example {
        code: "W405",
        patches: &[Patch::Text("duties.csv", "2016-07-31", "2019-07")],
        at: &["duties.csv:2:due"],
        also: &[],
    },
    Example {
        code: "W406",
        patches: &[
            Patch::Text(
                "funds.csv",
                "eligible_classes,eligible_places\n",
                "eligible_classes,eligible_places,matching_rule\n",
            ),
            Patch::Text("funds.csv", "municipal,city,no,,", "municipal,city,no,,,county_of_project"),
            Patch::Text("funds.csv", "north_fund,北县资金,county,north,no,,\n", ""),
            Patch::Without("duties.csv"),
        ],
        at: &["financing.csv:2:fund"],
        also: &[],
    },
    Example {
        code: "W407",
        patches: &[Patch::Text("appropriations.csv", "2016-03", "2019-03")],
        at: &["appropriations.csv:2:month"],
        also: &[],
    },
    Example {
        code: "W408",
        patches: &[Patch::Text("funds.csv", "municipal,city,no", "municipal,city,yes")],
        at: &["funds.csv:2:open"],
        also: &[],
    },
];
