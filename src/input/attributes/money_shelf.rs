//! Money: funds, duties, appropriations, financing.

use super::words;
use super::{DefaultUnit, Kind, TableAttributes, column, id, name, name_en, unit_column};
use crate::model::TableKind;

pub(super) static TABLES: &[TableAttributes] = &[
    TableAttributes {
        table: TableKind::Funds,
        zh: "资金",
        meaning_zh: "资金来源：各级专项资金、企业自筹、银行和社会资本",
        meaning_en: "funds: public funds of every level, owners' money, banks, social capital",
        required: false,
        unique: &["id"],
        columns: &[
            id(),
            name(),
            name_en(),
            column("level", "级别", Kind::Choice(words::FUND_LEVEL)).required().meaning("级别", "level"),
            column("place", "地点", Kind::Reference(TableKind::Places))
                .meaning("所属地点；空则为全市", "the place whose fund it is; empty: the city"),
            column("open", "敞口", Kind::Flag)
                .structure()
                .default("no")
                .meaning("到期即付、不受已到位资金限制（企业、银行、社会资本）", "pays whatever is due, not limited by what is paid in (enterprise, bank, social)"),
            column("recurs", "周期", Kind::Choice(words::RECURRENCE))
                .default("once")
                .meaning("一次性或每年设立", "set up once or every year"),
            column("lapse_month", "收回月份", Kind::Whole { least: 1, most: 12 })
                .meaning("该月末收回未用资金；空则不收回", "calendar month at whose end unspent money is taken back; empty: never"),
            column("eligible_classes", "可付类别", Kind::Choices(words::PROJECT_CLASS))
                .meaning("可支付的项目类别；空则全部", "classes it may pay; empty: all"),
            column("eligible_places", "可付地点", Kind::References(TableKind::Places))
                .meaning("可支付的地点（含其下级）；空则全部", "places (with what lies in them) it may pay for; empty: all"),
            column("matching_rule", "配套规则", Kind::MatchingRule)
                .default("none")
                .meaning("none、county_of_project（项目所在县的资金已设立才付），或某项资金；只在打开配套规则的情景中起作用", "none, county_of_project (pays only where the county's fund is established), or a fund; acts only in scenarios that switch it on"),
        ],
    },
    TableAttributes {
        table: TableKind::Duties,
        zh: "责任",
        meaning_zh: "设立资金的责任：谁、多少、何时之前",
        meaning_en: "duties: who must set up how much by when",
        required: false,
        unique: &["place", "fund", "due"],
        columns: &[
            column("place", "地点", Kind::Reference(TableKind::Places)).required().meaning("责任地点", "who owes it"),
            column("fund", "资金", Kind::Reference(TableKind::Funds)).required().meaning("应设立的资金", "the fund to be set up"),
            column("amount", "金额", Kind::Money)
                .required()
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("最低金额", "least amount"),
            unit_column("unit", "单位").meaning("金额单位，默认万元", "unit of the amount, by default 万元"),
            column("due", "期限", Kind::Month).required().meaning("该月末之前", "by the end of this month"),
        ],
    },
    TableAttributes {
        table: TableKind::Appropriations,
        zh: "拨款",
        meaning_zh: "拨入资金的款项；只有已到位的可以支出",
        meaning_en: "money put into funds; only what is paid in is ever spent",
        required: false,
        unique: &[],
        columns: &[
            column("fund", "资金", Kind::Reference(TableKind::Funds)).required().meaning("资金", "fund"),
            column("month", "月份", Kind::Month).required().meaning("月份", "month"),
            column("amount", "金额", Kind::Money)
                .required()
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("金额", "amount"),
            unit_column("unit", "单位").meaning("金额单位，默认万元", "unit of the amount, by default 万元"),
            column("state", "状态", Kind::Choice(words::APPROPRIATION_STATE))
                .change(super::ChangeRule::Value)
                .default("paid_in")
                .meaning("已到位、已承诺或已申请", "paid in, committed or requested"),
        ],
    },
    TableAttributes {
        table: TableKind::Financing,
        zh: "项目资金",
        meaning_zh: "哪项资金付哪个项目多少",
        meaning_en: "which fund pays how much of which project",
        required: false,
        unique: &[],
        columns: &[
            column("project", "项目", Kind::Reference(TableKind::Projects)).required().meaning("项目", "project"),
            column("fund", "资金", Kind::Reference(TableKind::Funds)).required().meaning("资金", "fund"),
            column("amount", "金额", Kind::Money)
                .required()
                .unit_in("unit", DefaultUnit::Text("万元"))
                .meaning("金额", "amount"),
            unit_column("unit", "单位").meaning("金额单位，默认万元", "unit of the amount, by default 万元"),
            column("payment", "付款方式", Kind::Payment).default("with_progress").meaning(
                "with_progress（按进度）、advance(50%)（预付）、on_completion（先建后补）、instalments(3:30%, 9:70%, 12:100%)（开工后第几月末累计付多少）",
                "with_progress, advance(50%), on_completion, or instalments(3:30%, 9:70%, 12:100%): cumulative shares by months after the start",
            ),
            column("if_missing", "缺款时", Kind::Choice(words::IF_MISSING))
                .change(super::ChangeRule::Value)
                .default("wait")
                .meaning("钱不到位时：等待、业主垫付或不开工", "when money is missing: wait, owner_covers, drop"),
        ],
    },
];
