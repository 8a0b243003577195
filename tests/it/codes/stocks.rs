//! In-use stocks: what they are, their years and cohorts.

use super::{Example, Patch};

/// A stock of bricks that become spoil, with these last cells of its row.
macro_rules! stock {
    ($cells:literal) => {
        Patch::Added(
            "stocks.csv",
            concat!(
                "id,name,place,material_in,material_out,lifetime,convention,driver,falling\n",
                "houses,房屋,north,",
                $cells,
                "\n"
            ),
        )
    };
}

const YEARS: Patch = Patch::Added("stock_years.csv", "stock,year,amount,unit\nhouses,2015,100,m3\n");
const FALLING: Patch =
    Patch::Added("stock_years.csv", "stock,year,amount,unit\nhouses,2015,100,m3\nhouses,2016,10,m3\n");
const COHORTS: Patch = Patch::Added("cohorts.csv", "stock,entered,amount,unit\nhouses,2014,90,m3\n");

/// Examples of this subject.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        code: "E250",
        patches: &[stock!("brick,spoil,gamma(1),,inflow,"), YEARS],
        at: &["stocks.csv:2:lifetime"],
        also: &[],
    },
    Example {
        code: "E251",
        patches: &[
            stock!("lamp,spoil,fixed(5),,inflow,"),
            Patch::Added("materials.csv", "lamp,灯,product,,台,,,\n"),
            Patch::Added("stock_years.csv", "stock,year,amount,unit\nhouses,2015,100,台\n"),
        ],
        at: &["stocks.csv:2:material_out"],
        also: &[],
    },
    Example {
        code: "E252",
        patches: &[stock!("brick,spoil,fixed(5),,inflow,")],
        at: &["stocks.csv:2:id"],
        also: &[],
    },
    Example {
        code: "E253",
        patches: &[
            stock!("brick,spoil,fixed(5),,inflow,"),
            Patch::Added("stock_years.csv", "stock,year,amount,unit\nhouses,2016,100,m3\n"),
        ],
        at: &["stocks.csv:2:id"],
        also: &[],
    },
    Example {
        code: "E254",
        patches: &[stock!("brick,spoil,fixed(0.4),mid_period_age,stock,"), YEARS, COHORTS],
        at: &["stocks.csv:2:lifetime"],
        also: &[],
    },
    Example {
        code: "E255",
        patches: &[
            stock!("brick,spoil,fixed(10),,inflow,"),
            YEARS,
            Patch::Added("cohorts.csv", "stock,entered,amount,unit\nhouses,1990,90,m3\n"),
        ],
        at: &["stocks.csv:2:lifetime"],
        also: &[],
    },
    Example {
        code: "E256",
        patches: &[
            stock!("brick,spoil,\"lognormal(5, 50000)\",,inflow,"),
            YEARS,
            Patch::Added("cohorts.csv", "stock,entered,amount,unit\nhouses,,90,m3\n"),
        ],
        at: &["stocks.csv:2:lifetime"],
        also: &[],
    },
    Example {
        code: "E257",
        patches: &[
            stock!("brick,spoil,fixed(10),,inflow,"),
            YEARS,
            Patch::Added("cohorts.csv", "stock,entered,amount,unit\nhouses,2015,90,m3\n"),
        ],
        at: &["cohorts.csv:2:entered"],
        also: &[],
    },
    Example {
        code: "E313",
        patches: &[stock!("brick,spoil,fixed(10),,stock,refused"), FALLING, COHORTS],
        at: &["stock_years.csv:3:amount"],
        also: &["E063"],
    },
    Example {
        code: "W250",
        patches: &[stock!("brick,spoil,fixed(10),,stock,"), YEARS],
        at: &["stocks.csv:2:id"],
        also: &[],
    },
    Example {
        code: "W306",
        patches: &[stock!("brick,spoil,fixed(10),,stock,"), FALLING, COHORTS],
        at: &["stock_years.csv:3:amount"],
        also: &[],
    },
];
