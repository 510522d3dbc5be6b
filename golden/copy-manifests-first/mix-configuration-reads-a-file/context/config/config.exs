import Config
config :app, version: File.read!("VERSION")
