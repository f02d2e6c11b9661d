// Functions with frames of all kinds, whose sizes the test finds in two ways.
void use(void *, ...);
double twice(double);

int none(int a) { return a + 1; }
int small(int a) { use(&a); return a; }
int large(int a) { char b[300]; use(b, a); return b[a]; }
int larger(int a) { char b[3000]; use(b, a); return b[a]; }
int largest(int a) { char b[70000]; use(b, a); return b[a]; }
double floating(double a, double b, double c, double d) { return twice(a) * twice(b) + twice(c) * twice(d) + twice(a + b) * twice(c + d); }
int many(int *p)
{
	int a = p[0], b = p[1], c = p[2], d = p[3], e = p[4], f = p[5], g = p[6], h = p[7], i = p[8], j = p[9], k = p[10];
	use(p);
	return a + b * c + d * e + f * g + h * i + j * k + a * k + b * j + c * i + d * h;
}
int arguments(int a) { use(&a, a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10); return a; }
int early(int *p) { if (!p) return 0; char b[64]; use(b, p); return b[*p]; }
int variable(int n) { char b[n]; use(b); return b[0]; }
