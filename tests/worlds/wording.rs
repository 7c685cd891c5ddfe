//! A true number in the words of a newspaper, with the sets of values that model.md gives to those
//! words, computed here again and by other means than the library's.

use crate::chance::Chance;

/// A closed set of thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    pub(crate) low: i128,
    pub(crate) high: i128,
}

/// Beyond every figure.
pub(crate) const FAR: i128 = 1_000_000_000_000_000_000;

/// One of anything, in thousandths.
pub(crate) const ONE: i128 = 1000;

impl Set {
    fn point(value: i128) -> Self {
        Self { low: value, high: value }
    }

    fn around(value: i128, reach: i128) -> Self {
        Self { low: value - reach, high: value + reach }
    }

    /// What is left for things that are counted.
    fn whole(self) -> Self {
        let low = (self.low + ONE - 1).div_euclid(ONE) * ONE;
        Self { low: low.max(0), high: self.high.div_euclid(ONE) * ONE }
    }

    pub(crate) fn contains(&self, value: i128) -> bool {
        (self.low..=self.high).contains(&value)
    }

    pub(crate) fn meet(&self, other: &Self) -> Self {
        Self { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.low > self.high
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    En,
    Fr,
    Ar,
}

/// How one article writes its figures.
#[derive(Clone, Debug)]
pub(crate) struct Style {
    pub(crate) lang: Lang,
    pub(crate) group: Option<char>,
    pub(crate) decimal: char,
    pub(crate) eastern: bool,
    /// Digits are cut off, not rounded.
    pub(crate) cut: bool,
}

impl Style {
    pub(crate) fn random(chance: &mut Chance) -> Self {
        let lang = *chance.pick(&[Lang::En, Lang::Fr, Lang::Ar]);
        let (group, decimal) = *chance.pick(&[
            (None, '.'),
            (None, ','),
            (Some(','), '.'),
            (Some('.'), ','),
            (Some('\u{202f}'), ','),
            (Some(' '), '.'),
        ]);
        let eastern = lang == Lang::Ar && chance.percent(30);
        Self { lang, group, decimal, eastern, cut: false }
    }

    /// The head of a source that says it.
    pub(crate) fn numbers(&self) -> String {
        let numbers = match self.group {
            Some(group) => {
                format!("  numbers: {{thousands: \"{group}\", decimal: \"{}\"}}\n", self.decimal)
            }
            None => format!("  numbers: {{decimal: \"{}\"}}\n", self.decimal),
        };
        numbers + if self.cut { "  rounding: truncate\n" } else { "" }
    }

    /// What is written so when the last digit that counts has this unit: values of a thousandth, so
    /// that an open end is one thousandth before it.
    fn written(&self, value: i128, unit: i128) -> Set {
        match (self.cut, unit) {
            (false, _) => Set::around(value, unit / 2),
            (true, 0) => Set::point(value),
            (true, _) => Set { low: value, high: value + unit - 1 },
        }
    }

    /// The multiple of a unit that is written for a fraction, where it is plainly that one: not near
    /// the middle between two, or not near the next when digits are cut off.
    pub(crate) fn multiple(&self, numerator: i128, denominator: i128, unit: i128) -> Option<i128> {
        let step = denominator * unit;
        let near = if self.cut { numerator / step } else { (2 * numerator + step) / (2 * step) };
        let off = (numerator - near * step).abs();
        let plain = if self.cut { 20 * off < 19 * step } else { off == 0 || 20 * off < 9 * step };
        plain.then_some(near * unit)
    }

    fn whole(&self, number: i128) -> String {
        let plain = number.to_string();
        let mut written = String::new();
        for (place, digit) in plain.chars().enumerate() {
            if let Some(group) = self.group
                && place > 0
                && (plain.len() - place).is_multiple_of(3)
            {
                written.push(group);
            }
            written.push(digit);
        }
        self.digits(&written)
    }

    /// Thousandths with so many decimals, none of them lost.
    pub(crate) fn decimals(&self, value: i128, decimals: u32) -> String {
        let unit = 10_i128.pow(3 - decimals);
        let (whole, rest) = (value / ONE, value % ONE / unit);
        if decimals == 0 {
            return self.digits(&whole.to_string());
        }
        let width = usize::try_from(decimals).unwrap_or(0);
        self.digits(&format!("{whole}{}{rest:0width$}", self.decimal))
    }

    fn digits(&self, western: &str) -> String {
        let eastern = |c: char| match c.to_digit(10) {
            Some(digit) if self.eastern => char::from_u32(0x660 + digit).unwrap_or(c),
            _ => c,
        };
        western.chars().map(eastern).collect()
    }

    pub(crate) fn say<'a>(&self, en: &'a str, fr: &'a str, ar: &'a str) -> &'a str {
        match self.lang {
            Lang::En => en,
            Lang::Fr => fr,
            Lang::Ar => ar,
        }
    }
}

/// A figure as it is written, and what it can mean.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) text: String,
    pub(crate) hard: Set,
    pub(crate) soft: Set,
}

/// The unit of the last digit that is not zero.
fn open_grain(value: i128) -> i128 {
    let mut grain = 1;
    while value != 0 && value % (grain * 10) == 0 {
        grain *= 10;
    }
    grain
}

/// A number near the truth with few digits, from below or above.
fn rounded(value: i128, chance: &mut Chance, up: bool) -> i128 {
    let digits = u32::try_from(value.to_string().len()).unwrap_or(1);
    let kept = u32::try_from(chance.within(1, 3)).unwrap_or(1);
    let unit = 10_i128.pow(digits.saturating_sub(kept));
    let down = value / unit * unit;
    if up && down < value { down + unit } else { down }
}

/// What a plain number means: one that ends in two zeros may have been rounded.
fn bare(value: i128, style: &Style) -> (Set, Set) {
    let grain = open_grain(value);
    let exact = Set::point(value * ONE);
    let hard = if value > 0 && grain >= 100 { style.written(value * ONE, grain * ONE) } else { exact };
    (hard, exact)
}

/// Words for a count, in which the truth lies; exact words when nothing else fits. `open` asks for
/// words that a reader takes to mean the truth.
pub(crate) fn count(value: i64, style: &Style, open: bool, chance: &mut Chance) -> Phrase {
    for _ in 0..4 {
        let found = attempt(i128::from(value), style, chance).map(cut);
        if let Some(phrase) = found
            && phrase.hard.contains(i128::from(value) * ONE)
            && (!open || reads(&phrase.soft, i128::from(value) * ONE))
        {
            return phrase;
        }
    }
    exact(i128::from(value), style)
}

fn cut(phrase: Phrase) -> Phrase {
    Phrase { hard: phrase.hard.whole(), soft: phrase.soft.whole(), ..phrase }
}

/// Inside the set: two sets that merely touch are told apart by the library.
pub(crate) fn reads(soft: &Set, value: i128) -> bool {
    *soft == Set::point(value) || (soft.low < value && value < soft.high)
}

/// The digits as they are.
pub(crate) fn exact(value: i128, style: &Style) -> Phrase {
    let (hard, soft) = bare(value, style);
    cut(Phrase { text: style.whole(value), hard, soft })
}

fn attempt(value: i128, style: &Style, chance: &mut Chance) -> Option<Phrase> {
    match chance.below(14) {
        0..=2 => Some(exact(value, style)),
        3 => {
            let text = format!("{} {}", style.say("exactly", "exactement", "بالضبط"), style.whole(value));
            Some(Phrase { text, hard: Set::point(value * ONE), soft: Set::point(value * ONE) })
        }
        4 => {
            let up = chance.percent(50);
            let near = rounded(value, chance, up);
            (near > 0).then(|| exact(near, style))
        }
        5..=9 => hedged(value, style, chance),
        10 => scaled(value, style, chance),
        11 => Some(vague(style, chance)),
        12 => {
            let (low, high) = (value - i128::from(chance.count(2)), value + 1 + i128::from(chance.count(2)));
            let plain = Style { group: None, ..style.clone() };
            let set = Set { low: low * ONE, high: high * ONE };
            let text = format!("{}..{}", plain.whole(low), plain.whole(high));
            (low >= 0).then_some(Phrase { text, hard: set, soft: set })
        }
        _ => {
            let text = crate::spelling::spell(u64::try_from(value).ok()?, style.lang)?;
            let (hard, soft) = bare(value, style);
            Some(Phrase { text, hard, soft })
        }
    }
}

/// "about", "nearly", "more than" and their kin, before a number of few digits.
fn hedged(value: i128, style: &Style, chance: &mut Chance) -> Option<Phrase> {
    let kind = chance.below(6);
    let up = match kind {
        0 => chance.percent(50),
        1 | 4 | 5 => true,
        _ => false,
    };
    let near = rounded(value, chance, up);
    let near = match kind {
        2 if near == value => near - 1,
        4 if near == value => near + 1,
        _ => near,
    };
    if near <= 0 {
        return None;
    }
    let (x, grain) = (near * ONE, open_grain(near) * ONE);
    let words = match kind {
        0 => style.say("about", "environ", "حوالي"),
        1 => style.say("nearly", "près de", "ما يقارب"),
        2 => style.say("more than", "plus de", "أكثر من"),
        3 => style.say("at least", "au moins", "على الأقل"),
        4 => style.say("less than", "moins de", "أقل من"),
        _ => style.say("at most", "au plus", "على الأكثر"),
    };
    let (hard, soft) = match kind {
        0 => (Set::around(x, x / 4), Set::around(x, (x / 20).max(grain / 2))),
        1 => (Set { low: x - x / 10, high: x }, Set { low: x - x / 20, high: x }),
        2 => (Set { low: x + 1, high: FAR }, Set { low: x + 1, high: x + 2 * grain }),
        3 => (Set { low: x, high: FAR }, Set { low: x, high: x + 2 * grain }),
        4 => (Set { low: 0, high: x - 1 }, Set { low: x - 2 * grain, high: x - 1 }),
        _ => (Set { low: 0, high: x }, Set { low: x - 2 * grain, high: x }),
    };
    Some(Phrase { text: format!("{words} {}", style.whole(near)), hard, soft })
}

/// "130 thousand", "1.3 million".
fn scaled(value: i128, style: &Style, chance: &mut Chance) -> Option<Phrase> {
    let (scale, words) = *chance.pick(&[
        (1000_i128, style.say("thousand", "mille", "ألف")),
        (1_000_000, style.say("million", if value < 2_000_000 { "million" } else { "millions" }, "مليون")),
    ]);
    let decimals = u32::try_from(chance.below(3)).ok()?;
    let unit = scale / 10_i128.pow(decimals);
    let near = if style.cut { value / unit * unit } else { (value + unit / 2) / unit * unit };
    if near < scale {
        return None;
    }
    let text = format!("{} {words}", style.decimals(near * ONE / scale, decimals));
    let hard = style.written(near * ONE, open_grain(near) * ONE);
    Some(Phrase { text, hard, soft: style.written(near * ONE, unit * ONE) })
}

/// A word in the place of a number.
fn vague(style: &Style, chance: &mut Chance) -> Phrase {
    let (words, hard, soft) = match chance.below(5) {
        0 => (style.say("dozens", "des dizaines", "عشرات"), (20, Some(999)), (20, 99)),
        1 => (style.say("hundreds", "des centaines", "مئات"), (200, None), (200, 999)),
        2 => (style.say("thousands", "des milliers", "آلاف"), (2000, None), (2000, 9999)),
        3 => (style.say("a few", "quelques", "بضع"), (3, Some(10)), (3, 9)),
        _ => {
            let half = style.say("half a million", "un demi-million", "نصف مليون");
            (half, (400_000, Some(600_000)), (450_000, 550_000))
        }
    };
    let high = hard.1.map_or(FAR, |high| high * ONE);
    let soft = Set { low: soft.0 * ONE, high: soft.1 * ONE };
    Phrase { text: words.to_owned(), hard: Set { low: hard.0 * ONE, high }, soft }
}

/// A percentage of thousandths, rounded to so many decimals; `None` when it lies between two.
pub(crate) fn percentage(value: i128, decimals: u32, style: &Style) -> Option<Phrase> {
    let unit = 10_i128.pow(3 - decimals);
    let near = if style.cut { value } else { value + unit / 2 }.div_euclid(unit) * unit;
    let soft = style.written(near, unit);
    if !style.cut && near != value && (near - value).abs() >= unit / 2 {
        return None;
    }
    let round = decimals == 0 && near % 10_000 == 0;
    let hard = if round { style.written(near, 10_000) } else { soft };
    let space = if style.lang == Lang::Fr { " " } else { "" };
    let text = format!("{}{space}%", style.decimals(near, decimals));
    Some(Phrase { text, hard, soft })
}
