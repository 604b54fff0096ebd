"""导入: choose a file, see how its columns were understood and what each row would do, import, take back."""
