//! How the pages look on a screen and on A4, and that their colours can be read.

use crate::diagnostic::Language;
use crate::output::STAMP;

/// The lower margin of every printed page: the stamp of invented data and the page's number.
pub(super) fn foot(illustrative: bool, language: Language) -> String {
    let number = "@bottom-right{content:counter(page) \" / \" counter(pages);font-size:8pt;color:#595959}";
    let [zh, en] = STAMP;
    let stamp = match illustrative {
        true => format!(
            "@bottom-center{{content:\"{}\";font-size:9pt;font-weight:bold;color:#a33a00}}",
            language.pick(zh, en)
        ),
        false => String::new(),
    };
    format!("@page{{{stamp}{number}}}")
}

/// Style of both pages. Fonts are named only; nothing is fetched.
pub(super) const SHEET: &str = "\
:root{--ink:#222222;--faint:#595959;--rule:#d0d0d0;--paper:#ffffff;--shade:#f3f5f7;--link:#00568c;--met:#006b4f;--near:#7a4f00;--not:#a33a00;--stamp:#a33a00}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:1120px;padding:24px 20px 60px;background:var(--paper);color:var(--ink);\
font:15px/1.6 \"Microsoft YaHei\",\"PingFang SC\",\"Noto Sans CJK SC\",\"Noto Sans SC\",\"WenQuanYi Micro Hei\",SimSun,sans-serif;overflow-wrap:anywhere}\
h1{font-size:26px;line-height:1.3;margin:0 0 4px}h2{font-size:20px;margin:38px 0 10px;border-bottom:2px solid var(--ink);padding-bottom:4px}\
h3{font-size:16px;margin:24px 0 6px}h4{font-size:14.5px;margin:12px 0 4px}p{margin:6px 0}a{color:var(--link)}\
code{font:13px/1.5 Consolas,\"DejaVu Sans Mono\",monospace;background:var(--shade);padding:1px 4px}\
.faint{color:var(--faint);font-size:13px}.caveat{color:var(--near)}\
.stamp{color:var(--stamp);border:2px solid var(--stamp);padding:2px 10px;font-weight:bold;display:inline-block}\
.answer{background:var(--shade);border-left:5px solid var(--link);padding:10px 16px;margin:14px 0;font-size:16px}\
nav{display:flex;flex-wrap:wrap;gap:4px 18px;margin:10px 0}\
.wide{overflow-x:auto;margin:10px 0}\
table{border-collapse:collapse;width:100%;font-size:13.5px}caption{text-align:left;font-weight:bold;padding:6px 0}\
th,td{border-bottom:1px solid var(--rule);padding:4px 8px;text-align:left;vertical-align:top;unicode-bidi:isolate;min-width:3.6em}\
thead th{background:var(--shade);vertical-align:bottom;border-bottom:2px solid var(--ink)}\
tbody th{font-weight:normal;min-width:9em}tbody th.n{min-width:3.6em}\
.n{text-align:right;font-variant-numeric:tabular-nums}td.n,tbody th.n{white-space:nowrap}\
td.n span{display:block;font-size:12px;line-height:1.3;white-space:normal}\
.many table{font-size:12.5px}.many th,.many td{padding:3px 5px}\
tr.group th{background:var(--paper);border-bottom:1px solid var(--ink);padding-top:10px;font-weight:bold}\
.met{color:var(--met);font-weight:bold}.near{color:var(--near);font-weight:bold}.not{color:var(--not);font-weight:bold}\
figure{margin:18px 0}.picture{overflow-x:auto}figure svg{display:block;width:100%;height:auto}figcaption{color:var(--faint);font-size:13px;margin-top:4px}\
details{margin:4px 0;border-left:3px solid var(--rule);padding-left:10px}summary{cursor:pointer}details[open]>summary{font-weight:bold}\
.value{margin:14px 0;padding-top:2px}.value:target,li:target{background:var(--shade);outline:2px solid var(--link);outline-offset:4px}\
.sources{padding-left:2.6em;font-size:13.5px}\
.three{display:grid;grid-template-columns:repeat(3,1fr);gap:14px;margin:14px 0}\
.three div{border:1px solid var(--rule);padding:10px 12px}.three b{display:block;font-size:26px;line-height:1.25;color:var(--link)}\
footer{margin-top:30px;border-top:1px solid var(--rule);padding-top:8px;color:var(--faint);font-size:13px}\
.across{display:none}\
@media (max-width:640px){body{padding:14px 12px 40px;font-size:14px}.three{grid-template-columns:1fr}h1{font-size:21px}\
th,td{padding:3px 5px}tbody th{min-width:7.5em}td:not(.n){min-width:5em}thead th{overflow-wrap:normal}.picture svg{min-width:680px}\
.wide thead th:first-child,tbody tr:not(.group) th{position:sticky;left:0;background:var(--paper)}.wide thead th:first-child{background:var(--shade)}}\
@media print{@page{size:A4;margin:14mm 14mm 18mm}body{max-width:none;padding:0;font-size:10pt;line-height:1.45}\
h1{font-size:18pt}h2{font-size:14pt;margin-top:20pt}h3{font-size:11.5pt}h4{font-size:10pt}h1,h2,h3,h4,caption,summary{break-after:avoid;break-inside:avoid}\
table{font-size:8.5pt}thead{display:table-header-group}tr,figure,.answer,.three{break-inside:avoid}tr.group{break-after:avoid}\
p{orphans:2;widows:2}.wide,.picture{overflow:visible}\
nav{display:none}a{color:inherit;text-decoration:none}.answer{font-size:10.5pt}.faint,figcaption,.sources,footer{font-size:8.5pt}code{font-size:8.5pt}\
th,td{padding:2px 4px;min-width:0}tbody th{min-width:0}td.n,tbody th.n{white-space:normal}td.n span{font-size:7.5pt}\
.wide:not(.many) thead th{overflow-wrap:normal}.wide:not(.many) td.n,.wide:not(.many) tbody th.n{white-space:nowrap}\
.many table{font-size:7.5pt}.many th,.many td{padding:2px 3px}.many td.n span{font-size:6.5pt}\
figure svg{max-height:225mm}.report .across-page{page:lying;break-before:page;break-after:page;margin:0}.report .across-page svg{max-height:155mm}\
@page lying{size:A4 landscape}details{padding-left:6px}\
.across{display:block;position:fixed;top:45%;left:0;right:0;text-align:center;font-size:44pt;line-height:1.2;font-weight:bold;color:var(--stamp);opacity:.09;transform:rotate(-30deg);z-index:-1}\
body.brief{height:263mm;display:flex;flex-direction:column}.brief main{flex:1;min-height:0;display:flex;flex-direction:column}\
.brief figure{flex:1;min-height:0;margin:6px 0;display:flex;flex-direction:column}.brief .picture{flex:1;min-height:0}\
.brief figure svg{height:100%;max-height:none}.brief h2{margin:8px 0 4px}.brief footer{margin-top:6px;padding-top:4px}\
.brief .answer{margin:6px 0;padding:6px 10px}.brief .three{margin:6px 0;gap:8px}.brief .three div{padding:5px 8px}.three b{font-size:17pt}\
.brief header p{margin:2px 0}.brief ol{margin:4px 0;padding-left:2em}}\
";

#[cfg(test)]
mod tests {
    use super::SHEET;

    fn colour(name: &str) -> [f64; 3] {
        let from = SHEET.find(&format!("--{name}:#")).expect("a colour of the sheet") + name.len() + 4;
        let part = |at: usize| f64::from(u8::from_str_radix(&SHEET[from + at..from + at + 2], 16).unwrap());
        [part(0), part(2), part(4)]
    }

    /// Relative luminance and contrast as WCAG 2.1 defines them.
    fn luminance(colour: [f64; 3]) -> f64 {
        let linear = colour.map(|part| {
            let share = part / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(colour(a)), luminance(colour(b)));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_colour_of_words_stands_out_on_both_grounds() {
        for words in ["ink", "faint", "link", "met", "near", "not", "stamp"] {
            for ground in ["paper", "shade"] {
                let found = contrast(words, ground);
                assert!(found >= 4.5, "{words} on {ground}: {found:.2}");
            }
        }
    }

    #[test]
    fn nothing_is_fetched() {
        assert!(!SHEET.contains("url(") && !SHEET.contains("@import") && !SHEET.contains("http"));
    }
}
