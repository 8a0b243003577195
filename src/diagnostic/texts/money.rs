//! Texts about funds and the ledger (E4xx, W4xx).

use super::Text;
use crate::diagnostic::Severity::{Error, Warning};

pub(super) static TEXTS: &[Text] = &[
    Text {
        code: "E401",
        severity: Error,
        zh: "项目“{project}”的资金来源合计{rows}万元，超过尚需投资{limit}万元",
        en: "the financing of project “{project}” sums to {rows} wan yuan, more than the {limit} wan yuan still to be spent",
        explain_zh: "一个项目各行资金之和不得超过“总投资×(1−期初进度)”。超过意味着同一笔支出被重复安排，此后所有缺口都会算错。\
                     请核对总投资、期初进度（规划期以前已完成的投资比例）以及各行金额的单位（元、万元、亿元）。",
        explain_en: "The rows of a project may not sum to more than its investment less the share already spent before \
                     the horizon (progress). More would pay the same expense twice and make every gap wrong. Check the \
                     investment, the progress and the unit of each amount (yuan, wan yuan, 10⁸ yuan).",
    },
    Text {
        code: "E402",
        severity: Error,
        zh: "资金“{fund}”不支持项目“{project}”这一类别（重点或一般）",
        en: "fund “{fund}” may not pay for the class (key or general) of project “{project}”",
        explain_zh: "资金表的“支持类别”列限定了可以支付的项目类别，留空表示不限。请改用别的资金，或更正资金的支持类别、项目的类别。",
        explain_en: "The eligible classes of a fund say which projects it may pay for; empty means all. Use another fund, \
                     or correct the fund's eligible classes or the project's class.",
    },
    Text {
        code: "E403",
        severity: Error,
        zh: "项目“{project}”所在地不在资金“{fund}”的支持范围内",
        en: "project “{project}” lies outside the places that fund “{fund}” may pay for",
        explain_zh: "资金表的“支持地区”列限定了可以支付的地区（含其下级），留空表示不限。请改用别的资金，或更正支持地区、项目所在地。",
        explain_en: "The eligible places of a fund (with all that lies in them) say where it may pay; empty means \
                     everywhere. Use another fund, or correct the fund's eligible places or the project's place.",
    },
    Text {
        code: "E404",
        severity: Error,
        zh: "项目“{project}”的前置条件绕成一圈：它直接或间接地需要自己，或需要处在圈中的项目",
        en: "project “{project}” needs itself, directly or through others, or needs a project that does",
        explain_zh: "“需要”关系表示：被需要的项目投产之前，本项目不能投产。绕成一圈的项目永远不能投产，因此不予计算。请删去圈中的一条关系。",
        explain_en: "A `needs` relation says that a project is not on stream before the one it needs. Projects in a \
                     circle could never come on stream, so nothing is computed. Remove one relation of the circle.",
    },
    Text {
        code: "E405",
        severity: Error,
        zh: "责任单位“{place}”要设立的资金“{fund}”属于“{of}”，不是它自己的资金",
        en: "“{place}” owes fund “{fund}”, which belongs to “{of}” and not to it",
        explain_zh: "责任表说明谁应当设立哪一项资金。资金必须属于责任单位自己或其下级地区，否则缺口会记到别处。请核对责任表的“资金”列或资金表的“地区”列。",
        explain_en: "A duty says who must set up which fund. The fund must be that place's own, or of a place in it, or \
                     the gap would be booked elsewhere. Check the fund of the duty, or the place of the fund.",
    },
    Text {
        code: "E406",
        severity: Error,
        zh: "资金“{fund}”的收回月份为{found}，应为1至12",
        en: "the lapse month of fund “{fund}” is {found}; a month from 1 to 12 is expected",
        explain_zh: "“收回月份”是日历月份：该月末尚未支出的资金被收回（资金每年设立的，则每年收回）。不收回的请留空。",
        explain_en: "The lapse month is a calendar month at whose end unspent money is taken back (every year, if the \
                     fund is set up every year). Leave it empty where money is never taken back.",
    },
    Text {
        code: "E407",
        severity: Error,
        zh: "情景“{scenario}”同时建设互斥的项目：“{project}”与“{others}”",
        en: "scenario “{scenario}” builds projects that exclude each other: “{project}” and “{others}”",
        explain_zh: "关系表说明这些项目不能同时建设（例如占用同一地块，或互为替代方案）。请在该情景中跳过其中一个。",
        explain_en: "The relations say that these projects cannot both be built (one site, or alternatives of one \
                     another). Skip one of them in that scenario.",
    },
    Text {
        code: "E408",
        severity: Error,
        zh: "情景“{scenario}”建设“{project}”，但它至少需要其中之一的项目“{others}”一个也不建",
        en: "scenario “{scenario}” builds “{project}” but none of “{others}”, of which it needs at least one",
        explain_zh: "关系表说明该项目至少需要所列项目之一。请在该情景中建设其中一个，或不建该项目。",
        explain_en: "The relations say that the project needs at least one of those listed. Build one of them in that \
                     scenario, or skip the project.",
    },
    Text {
        code: "E409",
        severity: Error,
        zh: "项目“{project}”由资金“{fund}”分期支付的比例应逐期累计递增，最后一期为100%",
        en: "the instalments of fund “{fund}” for project “{project}” must be cumulative shares, ascending, the last one 100 %",
        explain_zh: "分期支付写成“开工后月数与累计比例”的若干对，例如 0:20%, 6:60%, 12:100%。月数须递增，比例须不减，最后为100%，否则有一部分钱永远不到期。",
        explain_en: "Instalments are pairs of months after the start and cumulative shares, such as 0:20%, 6:60%, \
                     12:100%. Months ascend, shares do not fall and the last is 100 %; otherwise part of the money would \
                     never fall due.",
    },
    Text {
        code: "E410",
        severity: Error,
        zh: "资金“{fund}”的配套规则以它自己为条件",
        en: "the matching rule of fund “{fund}” waits for the fund itself",
        explain_zh: "配套规则说明：另一项资金建立之前，本资金暂停支付。以自己为条件没有意义，请写另一项资金，或留空。",
        explain_en: "A matching rule says that the fund does not pay before another one is established. It cannot wait \
                     for itself: name another fund or leave the rule empty.",
    },
    Text {
        code: "E411",
        severity: Error,
        zh: "项目“{project}”以“{other}”为前置条件，又与它互斥：两行关系不能同时成立",
        en: "project “{project}” needs “{other}” and excludes it: the two relations cannot hold together",
        explain_zh: "在 relations（项目关系）表里删去其中一行：一个项目不能既需要另一个、又不得与它同建。",
        explain_en: "Take one of the two rows out of `relations`: a project cannot need another and exclude it.",
    },
    Text {
        code: "W401",
        severity: Warning,
        zh: "项目“{project}”的财政资金合计{rows}万元，超过可申报投资{limit}万元",
        en: "public money for project “{project}” sums to {rows} wan yuan, more than its eligible investment of {limit} wan yuan",
        explain_zh: "中央、省、市、县四级资金之和超过了项目可以计入补助的投资。模型照常计算，但实际申报时超出部分可能不予支持，请核对。",
        explain_en: "The rows of central, provincial, municipal and county funds sum to more than the part of the \
                     investment that grants may count. The model runs, but the excess may not be granted; check it.",
    },
    Text {
        code: "W402",
        severity: Warning,
        zh: "拨入资金“{fund}”的{amount}万元无处可用：没有项目从该资金取钱，也没有责任或规则涉及它",
        en: "{amount} wan yuan are paid into fund “{fund}”, from which no project draws and which no duty or rule names",
        explain_zh: "这笔钱会留在资金里，直到收回或规划期结束。若本应支持某个项目，请在资金来源表中补上一行；若资金代码写错，请更正。",
        explain_en: "The money will lie in the fund until it is taken back or the horizon ends. If it is meant for a \
                     project, add a row of financing; if the fund is mistaken, correct it.",
    },
    Text {
        code: "W403",
        severity: Warning,
        zh: "项目“{project}”还有{gap}万元没有任何资金来源，在规划期内不会建成",
        en: "{gap} wan yuan of project “{project}” have no source of money; it will never be complete",
        explain_zh: "这是资金缺口（融资缺口）：总投资减去期初已完成部分，再减去各行资金之和。业主垫付只能填补到期未付的款项，不能填补没有来源的投资，\
                     因此该项目不会完工。若其余由业主自筹或银行贷款，请在资金来源表中补上。",
        explain_en: "This is its financing gap: the investment still to be spent less the sum of its rows. An owner's \
                     bridge covers what is due and unpaid, never what has no source, so the project is not completed. If \
                     the owner or a bank pays the rest, add that row to the financing.",
    },
    Text {
        code: "W404",
        severity: Warning,
        zh: "情景“{scenario}”建设“{project}”，但不建它需要的“{others}”，因此它不会投产",
        en: "scenario “{scenario}” builds “{project}” but not “{others}”, which it needs: it will never be on stream",
        explain_zh: "被需要的项目投产之前，本项目不能投产；前者不建，后者建成也不投产，而资金照付。请核对该情景的项目组合。",
        explain_en: "A project is not on stream before those it needs. Where these are not built it is paid for and \
                     completed but never used. Check the mix of that scenario.",
    },
    Text {
        code: "W405",
        severity: Warning,
        zh: "“{place}”的责任期限{found}在规划期之后，不计入缺口",
        en: "the duty of “{place}” falls due in {found}, after the horizon, and counts in no gap",
        explain_zh: "责任自到期月起才计入缺口。期限晚于规划期最后一个月的责任不产生任何数字，请核对年份。",
        explain_en: "A duty counts from its due month on. One that falls due after the last month of the horizon yields \
                     no figure; check the year.",
    },
    Text {
        code: "W406",
        severity: Warning,
        zh: "资金“{fund}”的配套规则要求“{county}”建立县级资金，但表中没有该县的县级资金：适用该规则时款项永远不拨付",
        en: "the matching rule of fund “{fund}” waits for the county fund of “{county}”, which stands in no table: under the rule it never pays",
        explain_zh: "规则“项目所在县”要求项目所在县的县级资金已经建立。表中没有这项资金，就无法建立。请在资金表中补上该县的资金（可以暂无拨款），或改用别的规则。",
        explain_en: "The rule `county_of_project` asks that the county fund of the project's county be established. \
                     Without such a fund in the tables it never is. Add the county's fund (money or not), or change the rule.",
    },
    Text {
        code: "W407",
        severity: Warning,
        zh: "资金“{fund}”{found}的拨款在规划期之后，不计入",
        en: "the money paid into fund “{fund}” in {found} comes after the horizon and is not counted",
        explain_zh: "计算到规划期最后一年的12月为止，此后的拨款不进入任何数字。请核对月份，或延长规划期。",
        explain_en: "The months run to December of the last year; later money enters no figure. Check the month, or \
                     lengthen the horizon.",
    },
    Text {
        code: "W408",
        severity: Warning,
        zh: "财政资金“{fund}”标为敞口，到期多少付多少，不会出现缺口",
        en: "the public fund “{fund}” is marked open: it pays whatever is due and can never be short",
        explain_zh: "敞口资金（企业自筹、银行贷款、社会资本）到期即付，不看余额。中央、省、市、县资金标为敞口，就等于假设财政的钱要多少有多少，缺口会被掩盖。",
        explain_en: "An open fund (owner, bank, social capital) pays what is due whatever it holds. Marking a central, \
                     provincial, municipal or county fund open assumes that public money is without limit and hides gaps.",
    },
    Text {
        code: "W409",
        severity: Warning,
        zh: "资金“{fund}”给项目“{project}”的{amount}万元，超过该资金的补助规则所允许的{limit}万元；optimise 不会选它",
        en: "fund “{fund}” is to pay {amount} wan yuan to project “{project}”, more than the {limit} wan yuan its rule allows; `optimise` will not choose it",
        explain_zh: "grant_rules（补助规则）限定一项资金最多占可申报投资的比例和每个项目的最高金额。改小 financing 的金额，或修改规则。",
        explain_en: "`grant_rules` limits a fund to a share of the eligible investment and to an amount a project. Lower the amount in `financing`, or change the rule.",
    },
    Text {
        code: "W410",
        severity: Warning,
        zh: "项目“{project}”同时由“{fund}”和“{other}”补助，而补助规则不许重复补助；optimise 不会选它",
        en: "project “{project}” is paid for by “{fund}” and “{other}”, which the rule forbids (no double funding); `optimise` will not choose it",
        explain_zh: "grant_rules 的 not_with（不得与…同补）列出不得同补一个项目的资金。删去 financing 中的一行，或修改规则。",
        explain_en: "`not_with` in `grant_rules` names funds that may not pay for the same project. Take one of the rows out of `financing`, or change the rule.",
    },
];
