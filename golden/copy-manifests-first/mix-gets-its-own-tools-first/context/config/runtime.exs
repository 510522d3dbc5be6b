import Config
File.read!("/run/secrets/key")
