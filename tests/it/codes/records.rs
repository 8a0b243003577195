//! Places, materials, recipes, processes, projects, effects and targets.

use super::{Example, Patch};

/// Examples of this subject.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        code: "E201",
        patches: &[Patch::Whole("places.csv", "id,name,kind,parent\n")],
        at: &["places.csv"],
        also: &["E106"],
    },
    Example {
        code: "E202",
        patches: &[Patch::Text("places.csv", "city,市,city,", "city,市,city,north")],
        at: &["places.csv"],
        also: &["E204"],
    },
    Example {
        code: "E260",
        patches: &[Patch::Added(
            "choice_rules.csv",
            "kind,project,count\nmust_have,,\nstarts_a_year,,\nstart_window,line2,\n",
        )],
        at: &["choice_rules.csv:2:project", "choice_rules.csv:3:count", "choice_rules.csv:4:from"],
        also: &[],
    },
    Example {
        code: "E411",
        patches: &[Patch::Added(
            "relations.csv",
            "project,kind,others\nline3,needs,line2\nline2,excludes,line3\n",
        )],
        at: &["relations.csv:2:others"],
        also: &["E407"],
    },
    Example {
        code: "W409",
        patches: &[Patch::Added("grant_rules.csv", "fund,share,cap,unit,not_with\ntown,0.3,,,\n")],
        at: &["financing.csv:2:amount"],
        also: &[],
    },
    Example {
        code: "W410",
        patches: &[Patch::Added("grant_rules.csv", "fund,share,cap,unit,not_with\ntown,,,,own\n")],
        at: &["financing.csv:2:amount"],
        also: &[],
    },
    Example {
        code: "E203",
        patches: &[Patch::Text("places.csv", "county,city", "county,")],
        at: &["places.csv:3:parent"],
        also: &[],
    },
    Example {
        code: "E204",
        patches: &[Patch::Text("places.csv", "north,北县,county,city", "north,北县,county,park")],
        at: &["places.csv:3:parent", "places.csv:4:parent"],
        also: &[],
    },
    Example {
        code: "E205",
        patches: &[Patch::Text("recipes.csv", "press,feed,spoil,1,,", "press,feed,spoil,1,,dry")],
        at: &["recipes.csv:6:basis"],
        also: &[],
    },
    Example {
        code: "E206",
        patches: &[Patch::Text(
            "recipes.csv",
            "press,emission,vapour,rest,,",
            "press,emission,mud,rest,,wet",
        )],
        at: &["recipes.csv:8:basis"],
        also: &[],
    },
    Example {
        code: "E207",
        patches: &[
            Patch::Added("technologies.csv", "idle,空转法,feed,,,\n"),
            Patch::Added("processes.csv", "run,空转,works,idle,1,万t/a,\n"),
        ],
        at: &["technologies.csv:4:id"],
        also: &[],
    },
    Example {
        code: "E208",
        patches: &[Patch::Text("technologies.csv", "utilisation,spoil", "utilisation,rock")],
        at: &["technologies.csv:3:reference"],
        also: &[],
    },
    Example {
        code: "E209",
        patches: &[Patch::Text("recipes.csv", "quarry,emission,vapour,rest", "quarry,emission,vapour,0.01")],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E210",
        patches: &[Patch::Text("recipes.csv", "rock_in_ground,1.2", "rock_in_ground,0.9")],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E211",
        patches: &[
            Patch::Added("materials.csv", "heat,热,energy,,GJ,,,\n"),
            Patch::Text("recipes.csv", "quarry,emission,vapour,rest", "quarry,emission,heat,rest"),
        ],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E212",
        patches: &[Patch::Text("recipes.csv", "spoil,0.15", "spoil,rest")],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E213",
        patches: &[
            Patch::Added("materials.csv", "gas,气,energy,,Nm3,,,\n"),
            Patch::Added("recipes.csv", "quarry,input,gas,1,,\n"),
        ],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E214",
        patches: &[Patch::Text(
            "recipes.csv",
            "quarry,product,rock,1,,\nquarry,byproduct,spoil,0.15,,\nquarry,emission,vapour,rest",
            "quarry,product,rock,rest,,\nquarry,byproduct,spoil,0.15,,\nquarry,emission,vapour,0.05",
        )],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E215",
        patches: &[Patch::Text("targets.csv", "2018,60%", "2030,60%")],
        at: &["targets.csv:2:year"],
        also: &[],
    },
    Example {
        code: "E216",
        patches: &[Patch::Whole(
            "recipes.csv",
            "technology,process,role,material,quantity\nquarry,,input,rock_in_ground,1.2\nquarry,,product,rock,1\nquarry,,emission,vapour,rest\npress,,feed,spoil,1\npress,,product,brick,0.6\npress,,emission,vapour,rest\n,dig,input,rock_in_ground,1\n,dig,product,rock,1\n",
        )],
        at: &["processes.csv:2:technology"],
        also: &[],
    },
    Example {
        code: "E217",
        patches: &[Patch::Text("processes.csv", "mine,quarry", "mine,")],
        at: &["processes.csv:2:technology"],
        also: &[],
    },
    Example {
        code: "E218",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,from,until\n"),
            Patch::Text("processes.csv", "quarry,10,万t/a,", "quarry,10,万t/a,,2017,2016"),
        ],
        at: &["processes.csv:2:until"],
        also: &[],
    },
    Example {
        code: "E219",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,place\n"),
            Patch::Text("processes.csv", "quarry,10,万t/a,", "quarry,10,万t/a,,north"),
        ],
        at: &["processes.csv:2:place"],
        also: &[],
    },
    Example {
        code: "E220",
        patches: &[Patch::Text("processes.csv", "采石场,mine", "采石场,")],
        at: &["processes.csv:2:place"],
        also: &[],
    },
    Example {
        code: "E221",
        patches: &[Patch::Text("technologies.csv", "采石法,level", "采石法,")],
        at: &["processes.csv:2:driver"],
        also: &[],
    },
    Example {
        code: "E222",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,reference\n"),
            Patch::Text("processes.csv", "quarry,10,万t/a,", "quarry,10,万t/a,,brick"),
        ],
        at: &["processes.csv:2:reference"],
        also: &[],
    },
    Example {
        code: "E223",
        patches: &[
            Patch::Text("processes.csv", "priority\n", "priority,called\n"),
            Patch::Text("processes.csv", "press,1,万t/a,", "press,1,万t/a,,rock"),
        ],
        at: &["processes.csv:3:called"],
        also: &[],
    },
    Example {
        code: "E224",
        patches: &[Patch::Text("activity.csv", "dig", "burn")],
        at: &["activity.csv:2:process"],
        also: &[],
    },
    Example {
        code: "E225",
        patches: &[
            Patch::Text("processes.csv", "quarry,10,万t/a,", "quarry,,,"),
            Patch::Text("activity.csv", "dig,2015,8,万t/a\n", ""),
        ],
        at: &["processes.csv:2:id"],
        also: &[],
    },
    Example {
        code: "E226",
        patches: &[Patch::Text("projects.csv", "2016-01,12\nline3", "2014-12,12\nline3")],
        at: &["projects.csv:2:earliest_start"],
        also: &[],
    },
    Example {
        code: "E227",
        patches: &[
            Patch::Text("projects.csv", "build_months", "build_months,progress"),
            Patch::Text("projects.csv", "2016-01,12\nline3", "2016-01,12,100%\nline3"),
        ],
        at: &["projects.csv:2:progress"],
        also: &[],
    },
    Example {
        code: "E228",
        patches: &[
            Patch::Text("projects.csv", "build_months", "build_months,eligible_investment"),
            Patch::Text("projects.csv", "2016-01,12\nline3", "2016-01,12,101\nline3"),
        ],
        at: &["projects.csv:2:eligible_investment"],
        also: &[],
    },
    Example {
        code: "E229",
        patches: &[Patch::Text("projects.csv", "100,2016-01,12\nline3", "0,2016-01,12\nline3")],
        at: &["projects.csv:2:investment"],
        also: &[],
    },
    Example {
        code: "E230",
        patches: &[Patch::Text("projects.csv", "砖厂二线,key,park,works,press", "砖厂二线,key,park,works,")],
        at: &["projects.csv:2:technology"],
        also: &[],
    },
    Example {
        code: "E231",
        patches: &[Patch::Text(
            "projects.csv",
            "press,0.5,万t/a,100,2016-01,12\nline3",
            "press,,,100,2016-01,12\nline3",
        )],
        at: &["projects.csv:2:added_capacity"],
        also: &[],
    },
    Example {
        code: "E232",
        patches: &[
            Patch::Text("projects.csv", "build_months", "build_months,process"),
            Patch::Text("projects.csv", "2016-01,12\nline3", "2016-01,12,dig\nline3"),
        ],
        at: &["projects.csv:2:technology"],
        also: &[],
    },
    Example {
        code: "E233",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,material,operation,value\nline2,coefficient,burn,brick,=,0.5\nline3,coefficient,burn,brick,=,0.4\n",
        )],
        at: &["effects.csv:3:value"],
        also: &[],
    },
    Example {
        code: "E234",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,,,×,2,\n",
        )],
        at: &["effects.csv:2:material"],
        also: &[],
    },
    Example {
        code: "E235",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,level,burn,,,,+,2,t\n",
        )],
        at: &["effects.csv:2:process"],
        also: &[],
    },
    Example {
        code: "E236",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,vapour,,×,2,\n",
        )],
        at: &["effects.csv:2:material"],
        also: &[],
    },
    Example {
        code: "E237",
        patches: &[Patch::Added(
            "effects.csv",
            "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,rock,,×,2,\n",
        )],
        at: &["effects.csv:2:material"],
        also: &[],
    },
    Example {
        code: "E238",
        patches: &[
            Patch::Added("recipes.csv", "press,byproduct,brick,0.01,,\n"),
            Patch::Added(
                "effects.csv",
                "project,kind,process,role,material,statistic,operation,value,unit\nline2,coefficient,burn,,brick,,×,0.9,\n",
            ),
        ],
        at: &["effects.csv:2:material"],
        also: &[],
    },
    Example {
        code: "E239",
        patches: &[Patch::Text("targets.csv", "ce2017-07", "ce2017-70")],
        at: &["targets.csv:2:indicator"],
        also: &[],
    },
    Example {
        code: "E241",
        patches: &[Patch::Text(
            "targets.csv",
            "value\nce2017-07,city,2018,60%",
            "value,unit\nce2017-07,city,2018,60,t",
        )],
        at: &["targets.csv:2:unit"],
        also: &[],
    },
    Example {
        code: "E242",
        patches: &[Patch::Text("targets.csv", "60%", "60")],
        at: &["targets.csv:2:value"],
        also: &[],
    },
    Example {
        code: "W201",
        patches: &[Patch::Text(
            "projects.csv",
            "press,0.5,万t/a,100,2016-01,12\nline3",
            ",,,100,2016-01,12\nline3",
        )],
        at: &["projects.csv:2:id"],
        also: &[],
    },
    Example {
        code: "E243",
        patches: &[
            Patch::Text("recipes.csv", "quarry,emission,vapour,rest", "quarry,emission,vapour,0.05"),
            Patch::Text("recipes.csv", "rock_in_ground,1.2", "rock_in_ground,1.2±0.01"),
        ],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "E240",
        patches: &[Patch::Text(
            "recipes.csv",
            "quarry,byproduct,spoil,0.15,,\nquarry,emission,vapour,rest,,",
            "quarry,byproduct,spoil,0.15,,\nquarry,emission,vapour,0.045,,\nquarry,byproduct,mud,rest,,",
        )],
        at: &["technologies.csv:2"],
        also: &[],
    },
    Example {
        code: "W204",
        patches: &[Patch::Text("activity.csv", "2015", "2017")],
        at: &["processes.csv:2:id"],
        also: &[],
    },
    Example {
        code: "W205",
        patches: &[Patch::Text("projects.csv", "2016-01,12\nline3", "2019-01,12\nline3")],
        at: &["projects.csv:2:earliest_start"],
        also: &[],
    },
    Example {
        code: "W206",
        patches: &[
            Patch::Text("processes.csv", "press,1,万t/a", "press,,"),
            Patch::Added(
                "effects.csv",
                "project,kind,process,role,material,statistic,operation,value,unit\nline2,capacity,burn,,,,+,2,t\n",
            ),
            Patch::Text("processes.csv", "priority\n", "priority,share\n"),
            Patch::Text("processes.csv", "press,,,", "press,,,,1"),
            Patch::Whole(
                "projects.csv",
                "id,name,class,place,owner,process,added_capacity,capacity_unit,investment,earliest_start,build_months\nline2,二,key,park,works,burn,1,t/a,100,2016-01,12\nline3,三,key,park,works,burn,1,t/a,100,2016-01,12\n",
            ),
        ],
        at: &["effects.csv:2:process", "projects.csv:2:process", "projects.csv:3:process"],
        also: &[],
    },
    Example {
        code: "N105",
        patches: &[Patch::Whole(
            "statistics.csv",
            "key,place,year,value,unit,source,quality,alternative_of\nwater_use,city,2015,6,亿m3,book,official,\nwater_use,city,2015,7,亿m3,page,secondary,book\n",
        )],
        at: &["statistics.csv:3:value"],
        also: &[],
    },
    Example {
        code: "W103",
        patches: &[Patch::Whole(
            "statistics.csv",
            "key,place,year,value,unit,source,quality,alternative_of\nwater_use,city,2015,6,亿m3,book,official,\nwater_use,city,2015,6,亿m3,page,secondary,book\n",
        )],
        at: &["statistics.csv:3"],
        also: &[],
    },
    Example {
        code: "E163",
        patches: &[Patch::Whole(
            "statistics.csv",
            "key,place,year,value,unit,source,quality,alternative_of\nwater_use,city,2015,6,亿m3,book,official,\nwater_use,city,2015,7,亿m3,page,secondary,bok\n",
        )],
        at: &["statistics.csv:3:alternative_of"],
        also: &[],
    },
    Example {
        code: "E164",
        patches: &[Patch::Whole(
            "statistics.csv",
            "key,place,year,value,unit,source,quality,alternative_of\nwater_use,city,2015,6,亿m3,book,official,\nwater_use,city,2015,7,亿元,page,secondary,book\n",
        )],
        at: &["statistics.csv:3:value"],
        also: &[],
    },
    Example {
        code: "E244",
        patches: &[Patch::Added(
            "measurements.csv",
            "process,enterprise,place,what,material,value,unit\ndig,mine,,output,rock,8±1,万t\n",
        )],
        at: &["measurements.csv:2:enterprise"],
        also: &[],
    },
    Example {
        code: "E245",
        patches: &[Patch::Added(
            "measurements.csv",
            "process,enterprise,place,what,material,value,unit\n,mine,,activity,,8±1,万t\ndig,,,import,rock,8±1,万t\n,,,output,,8±1,万t\n",
        )],
        at: &["measurements.csv:2:process", "measurements.csv:3:place", "measurements.csv:4:material"],
        also: &[],
    },
    Example {
        code: "E246",
        patches: &[Patch::Added(
            "measurements.csv",
            "process,enterprise,place,what,material,value,unit\ndig,,,output,brick,8±1,万t\nburn,,,coefficient,spoil,1±0.1,\n,,north,output,mud,8±1,万t\n",
        )],
        at: &["measurements.csv:2:material", "measurements.csv:3:material", "measurements.csv:4:material"],
        also: &[],
    },
    Example {
        code: "E247",
        patches: &[Patch::Added(
            "measurements.csv",
            "process,enterprise,place,what,material,value,unit\ndig,,,output,rock,0,万t\n",
        )],
        at: &["measurements.csv:2:value"],
        also: &[],
    },
];
