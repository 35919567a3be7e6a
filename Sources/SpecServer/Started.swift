import SpecCore
