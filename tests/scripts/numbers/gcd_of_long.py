# Greatest common divisors of integers of many words.
import math,random,time
random.seed(3)
ok=0
for i in range(400):
    a=random.getrandbits(random.randrange(1,2000)); b=random.getrandbits(random.randrange(1,2000)); c=random.getrandbits(random.randrange(1,300))
    g=math.gcd(a*c,b*c)
    if c and (a or b):
        assert g%c==0
        assert a*c%g==0 and b*c%g==0
        x,y=a*c,b*c
        while y: x,y=y,x%y
        assert x==g,(a,b,c)
    ok+=1
print(ok)
import math
for k in (60,64,100,128,130,190,200,256,300):
    print(k, math.gcd(3**5<<k, 148), math.gcd(5<<k, 3<<100), math.gcd(7<<k,7))
