//! The four lists that can be read, and the headers their columns go by in the exports of Chinese distributors and English business
//! programs. No header belongs to two columns of one list, however loosely it is read.

use super::mapping::{Column, guess};
use serde::{Deserialize, Serialize};

/// A list in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListKind {
    Customers,
    Products,
    /// One line of an order a row.
    Orders,
    /// One counted product a row.
    Counts,
}

impl ListKind {
    /// The columns this list can have.
    pub fn columns(self) -> &'static [Column] {
        match self {
            ListKind::Customers => CUSTOMER,
            ListKind::Products => PRODUCT,
            ListKind::Orders => ORDER,
            ListKind::Counts => COUNT,
        }
    }
}

/// Which list the headers are of; `None` where shops and products are as likely, or nothing fits.
///
/// A file that names a shop, a product and a quantity tells of events, however much it says of the product besides.
pub fn kind_of(headers: &[String]) -> Option<ListKind> {
    let found = |kind: ListKind, any_of: &[&str], all_of: &[&str]| {
        let columns = kind.columns();
        let mapping = guess(columns, headers);
        let has = |key: &&str| mapping.column(columns, key).is_some();
        if all_of.iter().all(has) && any_of.iter().any(has) { mapping.found() } else { 0 }
    };
    let orders = found(ListKind::Orders, &["quantity", "cases"], &["customer", "product"]);
    let counts = found(ListKind::Counts, &["front", "back_cases", "back_loose", "quantity"], &["customer", "product"]);
    if orders.max(counts) > 0 {
        // A plain quantity fits both; an order is by far the more common export.
        return Some(if counts > orders { ListKind::Counts } else { ListKind::Orders });
    }
    let customers = found(ListKind::Customers, &["name"], &[]);
    let products = found(ListKind::Products, &["name"], &[]);
    match customers.cmp(&products) {
        std::cmp::Ordering::Greater => Some(ListKind::Customers),
        std::cmp::Ordering::Less => Some(ListKind::Products),
        std::cmp::Ordering::Equal => None,
    }
}

const fn column(key: &'static str, names: &'static [&'static str]) -> Column {
    Column { key, names }
}

/// Shops.
#[rustfmt::skip]
pub const CUSTOMER: &[Column] = &[
    column("name", &[
        "name", "customer name", "shop name", "store name", "outlet name", "account name", "customer", "shop", "store", "outlet",
        "名称", "门店名称", "客户名称", "店名", "店铺名称", "终端名称", "网点名称", "商户名称", "门店", "客户", "店铺", "终端", "网点",
        "客户简称", "门店简称", "客户全称", "门店全称", "单位名称", "往来单位", "购货单位",
    ]),
    column("code", &[
        "code", "customer code", "customer no", "customer number", "customer id", "shop code", "store code", "store id", "outlet code",
        "outlet id", "account number", "account no", "编号", "编码", "代码", "客户编号", "客户编码", "客户代码", "客户号", "门店编号", "门店编码",
        "门店代码", "门店号", "终端编码", "终端编号", "网点编码", "网点编号", "店铺编码", "店号", "单位编码", "单位编号",
    ]),
    column("class", &[
        "class", "customer class", "shop class", "grade", "tier", "level", "abc class", "abc", "等级", "级别", "类别", "分类", "分级",
        "客户等级", "客户级别", "客户分类", "客户分级", "客户类别", "门店等级", "门店级别", "门店分级", "abc分类", "abc类",
    ]),
    column("area", &[
        "area", "region", "district", "territory", "zone", "country", "city", "sales area", "区域", "片区", "地区", "所属区域", "所属片区",
        "销售区域", "业务区域", "客户区域", "城市", "区县", "乡镇", "街道", "商圈",
    ]),
    column("address", &[
        "address", "shop address", "customer address", "street", "street address", "delivery address", "shipping address", "地址", "门店地址",
        "客户地址", "店铺地址", "详细地址", "联系地址", "送货地址", "收货地址", "经营地址",
    ]),
    column("phone", &[
        "phone", "telephone", "mobile", "tel", "phone number", "mobile phone", "contact phone", "cell", "电话", "手机", "手机号", "手机号码",
        "联系电话", "联系方式", "联系手机", "电话号码", "客户电话", "门店电话", "联系人电话", "固定电话",
    ]),
    column("contact", &[
        "contact", "contact name", "contact person", "owner", "owner name", "联系人", "联系人姓名", "姓名", "老板", "老板姓名", "店主",
        "店主姓名", "负责人", "客户联系人", "收货人",
    ]),
    column("salutation", &["salutation", "form of address", "title", "how to address", "称呼", "尊称", "怎么称呼", "联系人称呼", "敬称"]),
    column("cycle", &[
        "cycle", "visit cycle", "cycle days", "visit cycle days", "visit frequency", "call cycle", "visit interval", "拜访周期", "周期",
        "拜访周期天", "周期天数", "拜访频率", "拜访频次", "拜访间隔", "间隔天数",
    ]),
    column("route_day", &[
        "route day", "visit day", "weekday", "day of week", "route", "路线日", "拜访日", "拜访星期", "星期", "周几", "星期几", "线路日", "路线",
        "拜访线路", "线路",
    ]),
    column("lead_days", &[
        "lead days", "lead time", "lead time days", "delivery days", "delivery lead time", "days to delivery", "送货天数", "提前期", "到货天数",
        "送货周期", "配送天数", "交货天数", "交货期", "送货提前期", "在途天数",
    ]),
    column("back_stock", &[
        "back stock", "has back stock", "back room", "backroom", "has backroom", "stockroom", "storeroom", "has storeroom", "后线",
        "有无后线", "是否有后线", "有后线", "有无库房", "是否有库房", "库房", "有无仓库", "是否有仓库", "仓库", "后仓", "有无后仓",
    ]),
    column("opening_hours", &[
        "opening hours", "opening times", "business hours", "hours", "open hours", "营业时间", "开门时间", "经营时间", "上班时间", "开店时间",
    ]),
    column("note", &["note", "notes", "remark", "remarks", "comment", "comments", "memo", "备注", "说明", "附注", "备注说明", "客户备注"]),
    column("status", STATUS),
];

/// Products.
#[rustfmt::skip]
pub const PRODUCT: &[Column] = &[
    column("name", &[
        "name", "product name", "item name", "description", "product description", "item description", "product", "item", "article",
        "名称", "商品名称", "产品名称", "品名", "货品名称", "存货名称", "物料名称", "商品", "产品", "货品", "商品全名", "产品全称", "品项", "品项名称",
    ]),
    column("code", &[
        "code", "product code", "item code", "sku", "sku code", "item number", "item no", "product number", "product id", "stock code",
        "article number", "编号", "编码", "代码", "商品编号", "商品编码", "商品代码", "产品编号", "产品编码", "产品代码", "货号", "货品编码", "货品编号",
        "存货编码", "物料编码", "物料代码", "品项编码",
    ]),
    column("barcode", &[
        "barcode", "bar code", "ean", "ean13", "ean 13", "gtin", "upc", "条码", "条形码", "商品条码", "商品条形码", "产品条码", "69码", "69条码",
        "国际条码", "单品条码", "瓶码", "小条码",
    ]),
    column("other_name", &[
        "other name", "alias", "short name", "also known as", "alternative name", "second name", "english name", "别名", "简称", "商品简称",
        "产品简称", "俗称", "助记名", "另名", "又名", "英文名", "英文名称",
    ]),
    column("unit", &[
        "unit", "unit name", "base unit", "uom", "unit of measure", "单位", "小单位", "基本单位", "最小单位", "计量单位", "销售单位", "零售单位",
    ]),
    column("case", &[
        "case", "case name", "case unit", "pack unit", "outer unit", "箱单位", "大单位", "件单位", "包装单位", "整件单位", "辅助单位", "整箱单位",
    ]),
    column("size", &[
        "size", "units per case", "case size", "pack size", "case pack", "units/case", "qty per case", "quantity per case", "per case",
        "conversion factor", "箱规", "每件数量", "每箱数量", "装箱数", "装箱数量", "规格数量", "件装数", "箱装数", "箱入数", "入数", "换算率", "换算关系",
        "单位换算", "每箱瓶数", "每件瓶数", "每箱包数", "包装数", "包装数量", "包装规格", "规格",
    ]),
    column("unit_price", &[
        "unit price", "price", "price per unit", "unit cost", "wholesale price", "sales price", "单价", "价格", "售价", "供货价", "批发价", "销售价",
        "瓶价", "单瓶价", "单品价", "出厂价", "开票价", "单价(元/瓶)", "单价(瓶)",
    ]),
    column("case_price", &[
        "case price", "price per case", "carton price", "price(case)", "箱价", "件价", "整箱价", "整件价", "每箱价格", "每件价格", "单箱价", "大单位价格",
        "单价(元/箱)", "单价(元/件)", "单价(箱)", "单价(件)", "价格(元/箱)", "价格(元/件)", "价格(箱)", "价格(件)",
    ]),
    column("shelf_life", &[
        "shelf life", "shelf life days", "shelf life months", "best before", "保质期", "保质期天数", "保质天数", "有效期", "质保期", "保质期月",
    ]),
    column("minimum_order", &[
        "minimum order", "minimum order quantity", "minimum order qty", "min order", "min order qty", "moq", "起订量", "最小起订量", "最低起订量",
        "起订数", "起订数量", "最小订货量", "最小订量", "起送量",
    ]),
    column("front_capacity", &[
        "front capacity", "shelf capacity", "facing capacity", "display quantity", "capacity", "shelf full", "陈列量", "货架容量", "排面容量",
        "陈列容量", "前线容量", "满陈列量", "满架数", "标准陈列量", "陈列标准", "排面量",
    ]),
    column("display_order", &[
        "display order", "sort order", "sort", "sequence", "position", "排序", "排序号", "序号", "显示顺序", "陈列顺序", "顺序", "顺序号",
    ]),
    column("status", STATUS),
];

/// Order lines.
#[rustfmt::skip]
pub const ORDER: &[Column] = &[
    column("order", &[
        "order", "order number", "order no", "order id", "order code", "invoice", "invoice no", "invoice number", "document", "document no",
        "document number", "单据号", "订单号", "订单编号", "单据编号", "单号", "销售单号", "出库单号", "发货单号", "订单", "流水号", "凭证号",
    ]),
    column("date", &[
        "date", "order date", "invoice date", "document date", "posting date", "ordered on", "order time", "日期", "下单日期", "订单日期",
        "单据日期", "订货日期", "销售日期", "下单时间", "订单时间", "制单日期", "出库日期", "业务日期", "开单日期", "进货日期",
    ]),
    column("customer", CUSTOMER_OF_EVENT),
    column("product", PRODUCT_OF_EVENT),
    column("quantity", &[
        "quantity", "qty", "units", "order quantity", "ordered quantity", "order qty", "pieces", "pcs", "数量", "瓶数", "订货数量", "订单数量",
        "销售数量", "下单数量", "进货数量", "发货数量", "出库数量", "基本数量", "小单位数量", "最小单位数量", "支数", "包数", "杯数", "盒数", "数量(瓶)",
    ]),
    column("cases", &[
        "cases", "case quantity", "case qty", "qty in cases", "cartons", "ctns", "ctn", "quantity(cases)", "qty(cases)", "quantity(case)",
        "quantity(ctn)", "quantity(cartons)", "件数", "箱数", "整件数", "整箱数", "大单位数量", "订货件数", "订货箱数", "销售件数", "销售箱数", "数量(箱)",
        "数量(件)",
    ]),
    column("price", &[
        "price", "unit price", "price per unit", "net price", "sales price", "单价", "价格", "售价", "成交价", "销售单价", "销售价", "含税单价", "实际单价",
        "折后单价", "单价(元/瓶)", "单价(瓶)",
    ]),
    column("free", &[
        "free", "free quantity", "free qty", "free units", "free goods", "bonus", "bonus quantity", "gift", "gift quantity", "foc", "赠品", "搭赠",
        "赠送", "赠送数量", "赠品数量", "搭赠数量", "赠品数", "免费数量", "买赠", "随赠",
    ]),
];

/// Counted products.
#[rustfmt::skip]
pub const COUNT: &[Column] = &[
    column("date", &[
        "date", "count date", "visit date", "stock date", "counted on", "日期", "盘点日期", "拜访日期", "库存日期", "清点日期", "盘点时间", "拜访时间",
    ]),
    column("customer", CUSTOMER_OF_EVENT),
    column("product", PRODUCT_OF_EVENT),
    column("front", &[
        "front", "front stock", "front units", "front quantity", "shelf", "shelf stock", "on shelf", "shelf quantity", "前线", "前线库存", "前线数量",
        "前线数", "货架库存", "货架数量", "排面库存", "排面数量", "排面数", "陈列数", "陈列数量", "陈列库存", "店面库存",
    ]),
    column("back_cases", &[
        "back cases", "back stock cases", "back(cases)", "back stock(cases)", "backroom cases", "后线件数", "后线箱数", "后线整件", "后线整箱",
        "后线(件)", "后线(箱)", "后线库存(件)", "后线库存(箱)", "后仓件数", "后仓箱数", "库房件数", "库房箱数", "仓库件数", "仓库箱数",
    ]),
    column("back_loose", &[
        "back loose", "back units", "back stock units", "back loose units", "back", "back stock", "backroom", "backroom stock", "后线散数",
        "后线零数", "后线瓶数", "后线散装", "后线散瓶", "后线零散", "后线数量", "后线", "后线库存", "后仓数量", "后仓库存", "库房数量", "库房库存", "仓库数量",
        "仓库库存",
    ]),
    column("quantity", &[
        "quantity", "qty", "stock", "total", "total stock", "stock quantity", "on hand", "current stock", "count", "counted", "inventory", "units",
        "数量", "库存", "库存数量", "库存数", "总数", "合计", "总库存", "本期库存", "现有库存", "当前库存", "盘点数", "盘点数量", "实盘数", "实盘数量",
    ]),
];

/// The shop of an order or count: the code is surer than the name.
#[rustfmt::skip]
const CUSTOMER_OF_EVENT: &[&str] = &[
    "customer", "customer code", "customer no", "customer number", "customer id", "shop code", "store code", "outlet code", "客户编码",
    "客户编号", "客户代码", "门店编码", "门店编号", "门店代码", "终端编码", "网点编码", "shop", "store", "outlet", "customer name", "shop name",
    "store name", "outlet name", "客户", "门店", "客户名称", "门店名称", "店名", "店铺", "店铺名称", "终端", "终端名称", "网点", "网点名称", "客户简称",
    "往来单位", "购货单位",
];

/// The product of an order or count: code, then barcode, then name.
#[rustfmt::skip]
const PRODUCT_OF_EVENT: &[&str] = &[
    "product", "product code", "item code", "sku", "sku code", "item number", "item no", "product number", "product id", "stock code",
    "商品编码", "商品编号", "商品代码", "产品编码", "产品编号", "产品代码", "货号", "货品编码", "存货编码", "物料编码", "品项编码", "barcode", "bar code", "ean",
    "gtin", "条码", "条形码", "商品条码", "产品条码", "69码", "69条码", "item", "article", "product name", "item name", "description",
    "product description", "item description", "商品", "产品", "货品", "商品名称", "产品名称", "品名", "货品名称", "存货名称", "物料名称", "品项", "品项名称",
];

/// Whether a record is in use. Not `archived`: its yes would mean the opposite.
#[rustfmt::skip]
const STATUS: &[&str] = &[
    "status", "state", "active", "状态", "启用状态", "使用状态", "客户状态", "门店状态", "商品状态", "产品状态", "是否启用", "启用", "是否有效",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::search::fold;
    use std::collections::BTreeMap;

    const ALL: [ListKind; 4] = [ListKind::Customers, ListKind::Products, ListKind::Orders, ListKind::Counts];

    fn owned(headers: &str) -> Vec<String> {
        headers.split(',').map(str::to_owned).collect()
    }

    /// The keys of the columns, in the order of the headers.
    fn keys(kind: ListKind, headers: &str) -> Vec<&'static str> {
        let headers = owned(headers);
        let mapping = guess(kind.columns(), &headers);
        let key = |at: usize| {
            kind.columns().iter().zip(&mapping.0).find(|(_, column)| **column == Some(at)).map_or("-", |(column, _)| column.key)
        };
        (0..headers.len()).map(key).collect()
    }

    #[test]
    fn every_name_is_folded_and_belongs_to_one_column_of_its_list() {
        for kind in ALL {
            let mut owner = BTreeMap::new();
            for column in kind.columns() {
                for name in column.names {
                    assert_eq!(fold(name).trim(), *name, "{kind:?}");
                    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
                    let before = owner.insert(bare, column.key);
                    assert!(before.is_none_or(|key| key == column.key), "{kind:?}: {name} is {before:?} and {}", column.key);
                }
            }
        }
    }

    #[test]
    fn every_name_finds_its_own_column() {
        for kind in ALL {
            for column in kind.columns() {
                for name in column.names {
                    let mapping = guess(kind.columns(), &[(*name).to_owned()]);
                    assert_eq!(mapping.column(kind.columns(), column.key), Some(0), "{kind:?}: {name}");
                }
            }
        }
    }

    #[test]
    fn the_lists_of_a_wholesaler_are_understood() {
        for (headers, kind) in [
            ("code,name,area", ListKind::Customers),
            ("code,name,price", ListKind::Products),
            ("order,date,customer,product,quantity,price", ListKind::Orders),
        ] {
            assert_eq!(kind_of(&owned(headers)), Some(kind));
            let expected: Vec<&str> = headers
                .split(',')
                .map(|header| if headers == "code,name,price" && header == "price" { "unit_price" } else { header })
                .collect();
            assert_eq!(keys(kind, headers), expected);
        }
    }

    #[test]
    fn the_lists_of_a_chinese_distributor_are_understood() {
        let shops = "客户编码,门店名称,客户简称,联系人,称呼,联系电话,等级,拜访周期（天）,路线日,送货天数,有无库房,营业时间,备注,状态";
        assert_eq!(kind_of(&owned(shops)), Some(ListKind::Customers));
        assert_eq!(
            keys(ListKind::Customers, shops),
            [
                "code",
                "name",
                "-",
                "contact",
                "salutation",
                "phone",
                "class",
                "cycle",
                "route_day",
                "lead_days",
                "back_stock",
                "opening_hours",
                "note",
                "status"
            ]
        );
        let products = "商品编码,69码,商品名称,规格,箱规,单位,单价(元),单价（元/箱）,保质期,起订量,货架容量,排序";
        assert_eq!(kind_of(&owned(products)), Some(ListKind::Products));
        assert_eq!(
            keys(ListKind::Products, products),
            [
                "code",
                "barcode",
                "name",
                "-",
                "size",
                "unit",
                "unit_price",
                "case_price",
                "shelf_life",
                "minimum_order",
                "front_capacity",
                "display_order"
            ]
        );
        let orders = "单据号,下单日期,客户编码,客户名称,商品编码,商品名称,规格,单位,件数,瓶数,单价,搭赠";
        assert_eq!(kind_of(&owned(orders)), Some(ListKind::Orders));
        assert_eq!(
            keys(ListKind::Orders, orders),
            ["order", "date", "customer", "-", "product", "-", "-", "-", "cases", "quantity", "price", "free"]
        );
        let counts = "日期,门店名称,商品条码,前线,后线（件）,后线散数,合计";
        assert_eq!(kind_of(&owned(counts)), Some(ListKind::Counts));
        assert_eq!(keys(ListKind::Counts, counts), ["date", "customer", "product", "front", "back_cases", "back_loose", "quantity"]);
    }

    #[test]
    fn the_list_that_headers_do_not_tell_is_left_to_the_person() {
        assert_eq!(kind_of(&owned("name,code")), None);
        assert_eq!(kind_of(&owned("a,b,c")), None);
        assert_eq!(kind_of(&[]), None);
        assert_eq!(kind_of(&owned("店名,编号")), Some(ListKind::Customers));
        assert_eq!(kind_of(&owned("customer,product,库存")), Some(ListKind::Counts));
        assert_eq!(kind_of(&owned("customer,product,qty")), Some(ListKind::Orders));
    }
}
