import sys

from gcd import fast

print("gcd", fast.gcd(int(sys.argv[1]), int(sys.argv[2])))
