"""模板方案: a workbook that was handed down, shown as it is; its columns are told what goes into them."""
