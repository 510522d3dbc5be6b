Gem::Specification.new do |s|
  s.name = 'fast'
  s.extensions = ['ext/extconf.rb']
end
