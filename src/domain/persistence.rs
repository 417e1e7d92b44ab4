//! How far a prospect has been followed up, and what the method says of it: most sales come between the fourth and the eleventh
//! contact. The figures are the method's own (D0 55, 56), shown as such, no forecast for this shop.

/// The share of all sales that is made up to this follow-up, in percent; the first contact is follow-up 0. 2, 5, 10 and 20 %, then 10
/// points each from the fourth to the eleventh, with which all sales are made.
pub fn percent(follow_ups: u32) -> u32 {
    match follow_ups {
        0 => 2,
        1 => 5,
        2 => 10,
        3 => 20,
        more => 20 + (more.min(LAST) - 3) * 10,
    }
}

/// The follow-up after which the method promises nothing more.
pub const LAST: u32 = 11;
/// Who gives up before this follow-up says why.
pub const ENOUGH: u32 = 4;

/// Whether giving a prospect up asks for a reason.
pub fn asks_why(follow_ups: u32) -> bool {
    follow_ups < ENOUGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meter_shows_the_methods_figures() {
        let meter: Vec<u32> = (0..=12).map(percent).collect();
        assert_eq!(meter, [2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 100]);
        assert_eq!(percent(u32::MAX), 100);
    }

    #[test]
    fn giving_up_before_the_fourth_follow_up_asks_for_a_reason() {
        assert!((0..4).all(asks_why));
        assert!(!asks_why(4));
    }
}
