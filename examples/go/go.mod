module web

go 1.25

require (
	github.com/pulumi/pulumi/sdk/v3 v3.230.0
	load-balanced-group/sdk/go v0.0.0
)

replace load-balanced-group/sdk/go => ./sdks/load-balanced-group
