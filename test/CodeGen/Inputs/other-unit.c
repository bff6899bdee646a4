void use(void *p) { (void)p; }
int get(int n) { return n; }
