from debian:12
cmd   ["nginx", "-t"]
