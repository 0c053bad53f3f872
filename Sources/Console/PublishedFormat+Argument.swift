public import ArgumentParser
public import QuickDraw

extension PublishedFormat: ExpressibleByArgument {}
