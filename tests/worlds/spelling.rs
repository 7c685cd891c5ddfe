//! Numbers in words, small ones, in three languages.

use crate::wording::Lang;

/// A number below a hundred thousand in words; `None` where this page does not know them.
pub(crate) fn spell(number: u64, lang: Lang) -> Option<String> {
    match lang {
        Lang::En => english(number),
        Lang::Fr => french(number),
        Lang::Ar => arabic(number),
    }
}

fn word(words: &str, place: u64) -> Option<&str> {
    words.split(' ').nth(usize::try_from(place).ok()?)
}

fn english(number: u64) -> Option<String> {
    const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen \
                         fourteen fifteen sixteen seventeen eighteen nineteen";
    const TENS: &str = "- - twenty thirty forty fifty sixty seventy eighty ninety";
    match number {
        0..20 => word(SMALL, number).map(str::to_owned),
        20..100 if number.is_multiple_of(10) => word(TENS, number / 10).map(str::to_owned),
        20..100 => Some(format!("{}-{}", word(TENS, number / 10)?, english(number % 10)?)),
        100..1000 => join(format!("{} hundred", english(number / 100)?), " and ", number % 100, english),
        1000..100_000 => join(format!("{} thousand", english(number / 1000)?), " ", number % 1000, english),
        _ => None,
    }
}

fn french(number: u64) -> Option<String> {
    const SMALL: &str = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze \
                         quinze seize dix-sept dix-huit dix-neuf";
    const TENS: &str = "- - vingt trente quarante cinquante soixante";
    match number {
        0..20 => word(SMALL, number).map(str::to_owned),
        20..70 => {
            let tens = word(TENS, number / 10)?;
            match number % 10 {
                0 => Some(tens.to_owned()),
                1 => Some(format!("{tens} et un")),
                rest => Some(format!("{tens}-{}", french(rest)?)),
            }
        }
        71 => Some("soixante et onze".to_owned()),
        70..80 => Some(format!("soixante-{}", french(number - 60)?)),
        80 => Some("quatre-vingts".to_owned()),
        81..100 => Some(format!("quatre-vingt-{}", french(number - 80)?)),
        100..200 => join("cent".to_owned(), " ", number % 100, french),
        200..1000 => join(format!("{} cent", french(number / 100)?), " ", number % 100, french),
        _ => None,
    }
}

fn arabic(number: u64) -> Option<String> {
    const SMALL: &str = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة";
    const TENS: &str = "- - عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون";
    const HUNDREDS: &str = "- مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة";
    match number {
        0..=10 => word(SMALL, number).map(str::to_owned),
        11 => Some("أحد عشر".to_owned()),
        12 => Some("اثنا عشر".to_owned()),
        13..20 => Some(format!("{} عشر", arabic(number - 10)?)),
        20..100 => {
            let tens = word(TENS, number / 10)?;
            match number % 10 {
                0 => Some(tens.to_owned()),
                rest => Some(format!("{} و{tens}", arabic(rest)?)),
            }
        }
        100..1000 => join(word(HUNDREDS, number / 100)?.to_owned(), " و", number % 100, arabic),
        _ => None,
    }
}

fn join(head: String, between: &str, rest: u64, spell: fn(u64) -> Option<String>) -> Option<String> {
    if rest == 0 { Some(head) } else { Some(format!("{head}{between}{}", spell(rest)?)) }
}
